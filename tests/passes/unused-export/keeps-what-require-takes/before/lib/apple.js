function apple() {
  return "apple" + stalk;
}

const stalk = "stalk";

module.exports = { apple, pear: () => "pear" };
