function fig() {
  return seed;
}

function date() {}

const seed = 1;

module.exports = {
  fig,
  date,
  quince: seed,
  made: Date.now(),
};
