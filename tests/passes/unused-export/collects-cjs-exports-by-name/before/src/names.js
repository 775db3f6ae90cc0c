exports.apple = 1;

exports.pear = function pear() {};

exports.pip = () => core;

const core = 3;

function plum() {}
function stone() {}

exports.plum = plum;
module.exports.stone = stone;
