export abstract class Rule {
  abstract evaluate(grams: number): boolean;
}

export class Ripe extends Rule {
  evaluate(grams: number): boolean {
    return true;
  }
}
