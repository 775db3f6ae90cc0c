export class Tree {
  private age = 1;

  constructor() {}

  grow(): number {
    const water = () => {
      pour();
      return this.age;
    };
    if (this.age > 3) {
      return water();
    }
    this.age += 1;
    return this.age;
  }
}

function pour(): boolean {
  console.log("pours");
  return true;
}
