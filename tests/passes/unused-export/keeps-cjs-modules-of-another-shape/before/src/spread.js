const b = 2;
module.exports = { ...require("./again"), a: 1, b };
