function fig() {
  return seed;
}

const seed = 1;

module.exports = {
  fig,
  quince: seed,
  made: Date.now(),
};
