const apple = require("./lib/apple");

module.exports = { lunch: apple() };
