import { describe, expect, test } from "vitest";
import type { Declaration } from "../../src/mark/module.ts";
import { readModule } from "../../src/mark/read-module.ts";

/** Reads a text and finds the declaration of `subject` in it. */
function readSubject(text: string): Declaration {
  const module = readModule("src/subject.ts", text);
  const found = "unparsed" in module ? undefined : module.declarations.find(({ names }) => names.includes("subject"));
  if (found === undefined) throw new Error(`no subject in ${text}`);
  return found;
}

describe("may be dropped", () => {
  test.each([
    "const subject = 1;",
    "const subject = `${1}`;",
    "const subject = { a: [1], ['b']: { c() {} } };",
    "const subject = () => register();",
    "const subject = function () { register(); };",
    "function subject() { register(); }",
    "type subject = string;",
    "interface subject {}",
    "enum subject { A = 1, B = A << 1 }",
    "let subject;",
    "const list = [1]; const subject = list.length;",
    "const subject = Math.PI * 2;",
    "const subject = process.env.HOME ?? 'home';",
    "const subject = import.meta.url;",
    "const subject = new Map([['a', 1]]);",
    "const subject = new Intl.NumberFormat('en');",
    "const subject = Symbol('a');",
    "const subject = Object.freeze({ a: 1 });",
    "const subject = /* @__PURE__ */ register();",
    "const subject = /* @__PURE__ */ new Register();",
    "const subject = { a: 1 } as const satisfies object;",
    "import { z } from 'zod'; const subject = z.string().min(1);",
    "import { createContext } from 'react'; const subject = createContext(null);",
    "import { join } from 'node:path'; const subject = join('a', 'b');",
    "class subject { a = register(); static b = 1; c() { register(); } }",
    "class Base {} class subject extends Base {}",
    "const { subject } = { subject: 1 };",
    "const [subject = 1] = [];",
    "namespace subject { export const a = 1; export function b() {} }",
    "declare const subject: string;",
  ])("%s", (text) => {
    const { pure, pureIf } = readSubject(text);
    expect({ pure, pureIf }).toEqual({ pure: true, pureIf: [] });
  });
});

describe("may do something", () => {
  test.each([
    "const subject = globalRegister();",
    "const subject = register`a`;",
    "const subject = new Register();",
    "const subject = await fetch('/');",
    "let a = 0; const subject = a++;",
    "let a = 0; const subject = (a = 1);",
    "const subject = delete globalThis.a;",
    "const subject = JSON.parse('{}');",
    "const subject = Object.assign(globalThis, { a: 1 });",
    "const subject = [1].map(globalRegister);",
    "const subject = new Map().set('a', 1);",
    "const subject = document.body;",
    "const subject = (() => globalRegister())();",
    "const subject = { ...globalRegister() };",
    "const subject = { [globalRegister()]: 1 };",
    "const subject = `${globalRegister()}`;",
    "const subject = true && globalRegister();",
    "const { subject = globalRegister() } = {};",
    "const { [globalRegister()]: subject } = {};",
    "const { a: { subject = globalRegister() } } = { a: {} };",
    "using subject = null;",
    "@sealed class subject {}",
    "class subject { @field a = 1; }",
    "class subject { constructor(@parameter a) {} }",
    "class subject { static { globalRegister(); } }",
    "class subject { static a = globalRegister(); }",
    "class subject { [globalRegister()] = 1; }",
    "class subject extends globalRegister() {}",
    "enum subject { A = globalRegister() }",
    "namespace subject { globalRegister(); }",
    "type subject = Expect<Equal<string, string>>;",
    "import { register } from 'registry'; const subject = register.now('a');",
  ])("%s", (text) => {
    expect(readSubject(text).pure).toBe(false);
  });
});

test.each([
  ["const subject = draw('a'); function draw(a) { return a; }", ["draw"]],
  ["import { draw } from './draw'; const subject = [draw('a'), draw('b')];", ["draw", "draw"]],
  ["import { mix } from './mix'; class subject extends mix(Object) {}", ["mix"]],
])("%s is pure if what it calls is", (text, conditions) => {
  expect(readSubject(text)).toMatchObject({ pure: true, pureIf: conditions });
});
