const c = 1;
const d = 2;
module.exports = { c, d };
