exports.plum = "plum";
exports.stone = function stone() {
  return "stone";
};
