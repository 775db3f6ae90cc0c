const { join } = require("node:path");

exports.press = () => join("fig");
