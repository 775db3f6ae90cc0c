/** A tree. */
export class Tree {
  private age = 0;

  constructor(private metres: number) {}

  /** How tall it is. */
  get height(): number {
    return this.metres;
  }

  grow(): void {
    this.metres += 1;
    this.age += 1;
    this.log();
  }

  water(): void {
    this.grow();
  }

  fell(): void {
    this.metres = 0;
  }

  private log(): void {
    console.log(this.age);
  }
}
