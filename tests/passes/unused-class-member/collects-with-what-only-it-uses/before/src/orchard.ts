import { sortPeriods, type Period } from "./periods.ts";

export class Orchard {
  readonly trees = ["apple", "pear"];

  count(): number {
    return this.trees.length;
  }

  timeline(): readonly Period[] {
    return sortPeriods(this.periods());
  }

  private periods(): readonly Period[] {
    return this.count() > 1 ? [toPeriod(this)] : this.timeline();
  }
}

function toPeriod(orchard: Orchard): Period {
  return { days: orchard.count() };
}
