"use strict";
exports.Plum = class Plum {};
//# sourceMappingURL=plum.js.map
