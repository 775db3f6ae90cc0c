exports.apple = 1;

exports.pear = function pear() {};

function plum() {}

exports.plum = plum;
