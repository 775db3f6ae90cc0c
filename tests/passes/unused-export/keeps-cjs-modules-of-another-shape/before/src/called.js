exports = module.exports = () => 1;
exports.apple = 1;
exports.pear = 2;
