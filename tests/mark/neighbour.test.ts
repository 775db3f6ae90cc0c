import { expect, it } from "vitest";
import { breakNeighbour } from "../../src/mark/neighbour.ts";

const fault = '{ throw new Error("nightsweep broke this on purpose"); }';

it.each([
  [
    "export function ripe(days: number) { return days > 2; }",
    { name: "ripe", text: `export function ripe(days: number) ${fault}` },
  ],
  ["const ripe = (days) => { return days > 2; };", { name: "ripe", text: `const ripe = (days) => ${fault};` }],
  ["export default function () { return 1; }", { name: "default", text: `export default function () ${fault}` }],
  [
    "class Pear { constructor() { this.weight = 12345678; } peel() { return 1; } }",
    { name: "Pear.peel", text: `class Pear { constructor() { this.weight = 12345678; } peel() ${fault} }` },
  ],
  ["function a() {}\nfunction b() { return 1; }", { name: "b", text: `function a() {}\nfunction b() ${fault}` }],
  ["declare function ripe(days: number): boolean;", null],
  ["export const ripe = (days) => days > 2;", null],
  ["export const pear = 1;", null],
  ["function {", null],
])("%s", (text, expected) => {
  expect(breakNeighbour("pear.ts", text)).toEqual(expected);
});
