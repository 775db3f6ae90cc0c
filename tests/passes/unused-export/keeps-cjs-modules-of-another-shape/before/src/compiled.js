Object.defineProperty(exports, "__esModule", { value: true });
exports.a = exports.b = void 0;
exports.a = 1;
exports.b = 2;
