exports.a = 1;
if (globalThis.fruit) exports.b = 2;
