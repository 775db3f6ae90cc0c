// How many fruits fit into a basket.
function capacity() {
  return 12;
}

exports.capacity = capacity;
