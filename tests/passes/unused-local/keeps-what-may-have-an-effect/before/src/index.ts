import { register } from "./register.ts";

const apple = register("apple");
const tagged = register`pear`;
const [first] = register("plum");
const { stone = register("stone") }: { stone?: unknown } = {};
const made = Array.from([1], () => register("made"));
const frozen = Object.freeze(register("frozen"));
const parsed = JSON.parse("{}");
const fetched = await fetch("https://orchard.example");
class Tree extends register("tree") {}
class Twig {
  static readonly leaf = register("leaf");
}
class Branch {
  static [register("key") as "key"] = 1;
}
enum Fruit {
  Apple = register("enum").length,
}
const removed = delete globalThis["apple" as never];
let counter = 0;
const next = counter++;
const spread = { ...register("spread") };
const called = (() => register("called"))();
const chained = new Map().set("a", register("b"));
class Orchard {
  constructor() {
    register("orchard");
  }
}
const instance = new Orchard();
using handle = open();
export const orchard = "orchard";

function open(): Disposable {
  return { [Symbol.dispose]: () => register("closed") };
}
