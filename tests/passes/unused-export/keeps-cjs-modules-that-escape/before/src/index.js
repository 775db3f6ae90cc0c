const one = require("./one");
const { ...two } = require("./two");
const three = require("./three");
let four = require("./four");
const five = require("./five");
const { name } = require("./six")[globalThis.fruit];

four = 4;
module.exports = { five, all: [one, two, three[globalThis.fruit], name] };
