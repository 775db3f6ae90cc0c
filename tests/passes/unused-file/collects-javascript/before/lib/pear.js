const { stone } = require("./stone");

module.exports = () => stone;
