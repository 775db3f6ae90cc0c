exports.a = 1;
exports.default = { b: 2 };
