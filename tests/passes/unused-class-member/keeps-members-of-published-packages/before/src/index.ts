class Basket {
  readonly #apples: string[] = [];

  /** Whoever has a basket may ask. */
  count(): number {
    return this.#apples.length;
  }

  protected empty(): void {
    this.#apples.length = 0;
  }

  // @ts-ignore: the tests look into it
  private peek(): string {
    return this.#apples[0] ?? "";
  }
}

export const basket = new Basket();
