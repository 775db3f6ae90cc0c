/** A tree. */
export class Tree {
  readonly #unit = "m";
  private readonly maximum = 30;
  private age = 0;

  constructor(private metres: number) {}

  /** How tall it is. */
  get height(): number {
    return this.metres;
  }

  /** How tall it is, in words. */
  get label(): string {
    return `${this.metres} metres`;
  }

  set label(text: string) {
    this.metres = Number.parseInt(text, 10);
  }

  grow(): void {
    this.metres += 1;
    this.age += 1;
    this.log();
  }

  shrink(): void;
  shrink(by: number): void;
  shrink(by = 1): void {
    this.metres -= by;
  }

  static plant(): Tree {
    return new Tree(0);
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

  // Nobody asks.
  private warn(): void {
    console.warn(this.age);
  }
}
