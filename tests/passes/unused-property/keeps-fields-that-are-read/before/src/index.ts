class Tree {
  private age = 1;
  private name = "apple";
  private size = 3;
  private total = 0;
  private parent: Tree | undefined;
  protected height = 2;

  constructor(size: number) {
    if (size > 2) this.size = size;
    this.parent = undefined;
  }

  grow(by: number): number {
    const age = (this.age += by);
    this.total = by;
    return age;
  }

  describe(): string {
    const { name } = this;
    return name;
  }
}

class Shrub extends Tree {
  override height = 1;
}

const tree: unknown = new Shrub(1);
console.log(new Tree(3).grow(2), new Tree(2).describe(), (tree as { parent: unknown }).parent);
