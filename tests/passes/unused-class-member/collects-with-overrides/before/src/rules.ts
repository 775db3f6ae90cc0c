export abstract class Rule {
  abstract evaluate(trees: number): boolean;

  abstract getCategory(): string;
}

class Few extends Rule {
  override evaluate(trees: number): boolean {
    return trees < 3;
  }

  override getCategory(): string {
    return "few";
  }
}

class Many extends Few {
  override evaluate(trees: number): boolean {
    return !super.evaluate(trees);
  }

  override getCategory(): string {
    return `not ${super.getCategory()}`;
  }
}

export const rules: readonly Rule[] = [new Few(), new Many()];
