const { join } = require("path");
const fruits = ["fig"];
fruits.map(join);
