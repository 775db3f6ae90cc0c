exports.a = 1;
exports.b = 2;
Object.freeze(module.exports);
