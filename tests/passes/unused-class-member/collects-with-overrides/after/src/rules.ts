export abstract class Rule {
  abstract evaluate(trees: number): boolean;
}

class Few extends Rule {
  override evaluate(trees: number): boolean {
    return trees < 3;
  }
}

class Many extends Few {
  override evaluate(trees: number): boolean {
    return !super.evaluate(trees);
  }
}

export const rules: readonly Rule[] = [new Few(), new Many()];
