export class Orchard {
  readonly trees = ["apple", "pear"];

  count(): number {
    return this.trees.length;
  }
}
