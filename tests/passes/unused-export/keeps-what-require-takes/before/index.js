const { apple } = require("./lib/apple");
const plums = require(`./lib/plums/${process.platform}`);

exports.lunch = apple() + plums.plum;
