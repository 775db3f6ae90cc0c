exports.stone = "stone";
