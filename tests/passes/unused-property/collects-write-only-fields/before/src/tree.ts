export class Tree {
  #rings = 0;
  private touched = 0;
  private watered: boolean;
  private age = 1;

  constructor() {
    this.watered = false;
  }

  grow(): number {
    this.touched = Date.now();
    this.#rings += 1;
    const water = () => {
      this.watered = pour();
      return this.age;
    };
    if (this.age > 3) {
      this.#rings++;
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
