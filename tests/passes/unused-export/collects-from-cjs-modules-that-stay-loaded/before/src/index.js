const basket = require("./basket.js");
const { weigh } = require("./scale.js");

exports.total = weigh(2);
