import { show } from "./show.ts";

const shorthand = 1;
const template = 2;
const computed = "key";
const defaulted = 3;
const thrown = new Error("bruised");
const caller = (): number => 4;
const tag = (texts: TemplateStringsArray): string => texts.join("");
const typed = { colour: "red" };
const labelled = [5];
const assigned = { value: 6 };
let written: number;
const guard: (value: unknown) => asserts value is Size = (value) => void value;
type Size = 7;
const optional: { deep?: { name: string } } = {};
const spread = [8];
const awaited = Promise.resolve(9);
const iterated = [10];
const switched = 11;
const deleted: { gone?: number } = { gone: 12 };

written = 13;
show({ shorthand }, `${template}`, { [computed]: 1 }, tag`x`, optional?.deep?.name, ...spread, await awaited);
export class Tree {
  static [computed] = caller?.();
  grow(size = defaulted): typeof typed.colour {
    outer: for (const each of iterated) if (each === labelled[0]) continue outer;
    switch (size) {
      case switched:
        delete deleted.gone;
    }
    guard(size);
    if (size > 1) throw thrown;
    [assigned.value] = [1];
    return typed.colour;
  }
}
