const path = require("path");

module.exports = { entry: "./src/main.ts", alias: path.resolve(__dirname, "./src/stand-in.ts") };
