import { expect, it } from "vitest";
import { publicApi } from "../../src/verify/public-api.ts";

const base = {
  "src/index.d.ts":
    'import { Basket } from "./basket.js";\nexport declare function pack(basket: Basket): void;\nexport * from "./fruit.js";\n',
  "src/basket.d.ts":
    "export interface Basket {\n    readonly fruit: Pear;\n}\nexport interface Crate {\n    readonly size: number;\n}\ninterface Pear {\n    readonly ripe: boolean;\n}\nexport {};\n",
  "src/fruit.d.ts":
    'export declare const plum: Stone, quince: number;\ndeclare class Stone {\n}\nexport { default as Apple } from "./apple.js";\n',
  "src/apple.d.ts":
    "declare const _default: Core;\nexport default _default;\ndeclare type Core = 1;\nexport declare const worm: number;\n",
  "src/inner.d.ts": "export declare function weigh(): number;\n",
};

const change = (file: keyof typeof base, from: string, to: string) => {
  expect(base[file]).toContain(from);
  return { ...base, [file]: base[file].replace(from, to) };
};

it.each([
  [
    "what nobody outside can name goes",
    change("src/basket.d.ts", "export interface Crate {\n    readonly size: number;\n}\n", ""),
    true,
  ],
  ["a file that is not offered goes", change("src/inner.d.ts", "export declare function weigh(): number;\n", ""), true],
  ["a comment changes", change("src/index.d.ts", "export declare", "/** Packs. */\nexport declare"), true],
  [
    "the word export goes where a name leads",
    change("src/basket.d.ts", "export interface Basket", "interface Basket"),
    true,
  ],
  [
    "the word export goes behind a star",
    change("src/fruit.d.ts", "export declare const plum", "declare const plum"),
    false,
  ],
  ["a parameter changes", change("src/index.d.ts", "basket: Basket", "basket?: Basket"), false],
  ["a type of a type changes", change("src/basket.d.ts", "readonly ripe: boolean", "readonly ripe: true"), false],
  ["something behind a star goes", change("src/fruit.d.ts", ", quince: number", ""), false],
  ["a default export changes", change("src/apple.d.ts", "type Core = 1", "type Core = 2"), false],
  ["a class behind a star goes", change("src/fruit.d.ts", "declare class Stone {\n}\n", ""), false],
])("%s", (_, after, same) => {
  const entries = ["src/index.ts"];
  expect(publicApi(after, entries) === publicApi(base, entries)).toBe(same);
});

it("has no answer for an entry without declarations", () => {
  expect(publicApi(base, ["src/cli.ts"])).toBeNull();
});
