"use strict";

const { apple, pear: fruit } = require("./names");
const object = require("./object");
const plum = require("./names").plum;

module.exports = () => [apple, fruit, plum, object.fig()];
