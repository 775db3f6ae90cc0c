function _interopDefault(ex) {
  return ex && "default" in ex ? ex["default"] : ex;
}

var fs = _interopDefault(require("fs"));
var path = _interopDefault(require("path"));

function weigh(fruit) {
  var scale;
  return fs.statSync(path.join(fruit)).size;
}

module.exports = weigh;
