import apple = require("./apple");
import type pear = require("./pear");

export const lunch: pear = 1;
