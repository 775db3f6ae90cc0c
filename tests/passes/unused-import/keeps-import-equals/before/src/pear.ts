type pear = number;
export = pear;
