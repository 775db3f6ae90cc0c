module.exports = require("../dist/fruits.js");
