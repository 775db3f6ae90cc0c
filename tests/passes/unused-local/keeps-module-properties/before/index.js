const shared = {};
const alias = shared;
shared.apple = () => "apple";
module.exports.all = alias;

function Tree() {}
Tree.prototype.grow = function () {
  return this;
};
exports.Tree = Tree;
this.orchard = pick;

function pick() {
  return "pick";
}
