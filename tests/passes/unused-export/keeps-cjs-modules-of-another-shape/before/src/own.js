exports.a = () => exports.b();
exports.b = () => 1;
