import apple = require("./apple");
import type pear = require("./pear");
export import stones = require("./stones");

export const lunch = (fruit: pear.Pear): string => apple.eat(fruit.name);
