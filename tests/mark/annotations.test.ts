import { describe, expect, test } from "vitest";
import type { Keep } from "../../src/core/keep.ts";
import { notesOnKeep } from "../../src/core/keep.ts";
import { keepsInMarkup } from "../../src/mark/annotations.ts";
import { findGarbage } from "../../src/passes/find.ts";
import { markTree } from "../passes/fixtures.ts";

const entry = "import './basket.ts';\nexport const shop = 1;\n";

/** What is found dead beside the entry, and what annotations say: `line scope names [why|until] unneeded`. */
async function read(text: string) {
  const { heap } = await markTree({ "src/index.ts": entry, "src/basket.ts": `${text}console.log(1);\n` });
  const garbage = findGarbage(heap).filter(({ category }) => category !== "surplus-export");
  const dead = garbage.flatMap(({ members }) => members.map(({ name }) => name));
  const keeps = heap.keeps.map(({ line, scope, names, why, until, isUnneeded }) =>
    [line, scope, names.join("+"), why, until, isUnneeded].join("|"),
  );
  return { dead: dead.toSorted(), keeps };
}

const apple = "export function apple() { return 1; }\n";
const pear = "export function pear() { return 2; }\n";

describe("nightsweep-keep", () => {
  test.each<[string, string, readonly string[], readonly string[]]>([
    ["nothing said", apple + pear, ["apple", "pear"], []],
    ["a line", `// nightsweep-keep: by name\n${apple}${pear}`, ["pear"], ["1|here|apple|by name||false"]],
    [
      "with an end",
      `// nightsweep-keep: by name (until: 2027-06-30)\n${apple}`,
      [],
      ["1|here|apple|by name|2027-06-30|false"],
    ],
    [
      "with a day that is none",
      `// nightsweep-keep: by name (until: 2027-02-31)\n${apple}`,
      [],
      ["1|here|apple|by name||false"],
    ],
    ["without a reason", `// nightsweep-keep\n${apple}`, [], ["1|here|apple|||false"]],
    ["a colon and no reason", `// nightsweep-keep:\n${apple}`, [], ["1|here|apple|||false"]],
    [
      "behind the code",
      `${pear}${apple.trimEnd()} // nightsweep-keep: by name\n`,
      ["pear"],
      ["2|here|apple|by name||false"],
    ],
    [
      "a tag of documentation",
      `/**\n * An apple.\n * @nightsweep-keep by the app (until: 2027-06-30)\n */\n${apple}${pear}`,
      ["pear"],
      ["1|here|apple|by the app|2027-06-30|false"],
    ],
    [
      "the next line",
      `${pear}// nightsweep-keep-next-line: by name\n${apple}`,
      ["pear"],
      ["2|next-line|apple|by name||false"],
    ],
    [
      "not the line after the next",
      `// nightsweep-keep-next-line: by name\n\n${apple}`,
      ["apple"],
      ["1|next-line||by name||"],
    ],
    ["the file", `/* nightsweep-keep-file: a template */\n${apple}${pear}`, [], ["1|file|basket.ts|a template||true"]],
    ["what is in use", `// nightsweep-keep: by name\n${apple}apple();\n`, [], ["1|here|apple|by name||true"]],
    [
      "what only a kept thing uses",
      `// nightsweep-keep: by name\nexport const stand = () => apple();\n${apple}${pear}`,
      ["pear"],
      ["1|here|stand|by name||false"],
    ],
    ["words about it", `// put a nightsweep-keep above what stays\n${apple}`, ["apple"], []],
    ["@public", `/** @public */\n${apple}${pear}`, ["pear"], []],
    ["@beta", `/** @beta */\n${apple}`, [], []],
    ["@lintignore", `/**\n * @lintignore\n */\n${apple}`, [], []],
    ["@publicity", `/** @publicity */\n${apple}`, ["apple"], []],
    [
      "a member of an enum",
      "enum Fruit {\n  a = 'a', // nightsweep-keep: sent by the till\n  b = 'b',\n  c = 'c',\n}\nconsole.log(Fruit.b, Fruit.c);\nexport {};\n",
      [],
      ["2|here|Fruit+Fruit.a|sent by the till||false"],
    ],
  ])("%s", async (_what, text, dead, keeps) => {
    expect(await read(text)).toEqual({ dead, keeps });
  });

  test("keeps a file that nothing loads, with what it uses", async () => {
    const { heap } = await markTree({
      "src/index.ts": "export const shop = 1;\n",
      "src/stand.ts":
        "// nightsweep-keep-file: copied by customers\nimport { apple } from './apple.ts';\nconsole.log(apple());\n",
      "src/apple.ts": apple + pear,
    });
    expect(findGarbage(heap).map(({ subject }) => subject.name)).toEqual(["pear"]);
    expect(heap.keeps.map(({ isUnneeded }) => isUnneeded)).toEqual([false]);
  });

  test("stands in JSX", async () => {
    const stand = "export function Stand() {\n  return <p>{/* nightsweep-keep: by name */}</p>;\n}\n";
    const { heap } = await markTree({
      "src/index.ts": "import './stand.tsx';\nexport const shop = 1;\n",
      "src/stand.tsx": `${stand}console.log(1);\n`,
    });
    expect([findGarbage(heap).length, heap.keeps[0]?.names]).toEqual([0, ["Stand"]]);
  });

  test.each([
    [
      "a.vue",
      "<template>\n<!-- nightsweep-keep: used by the host (until: 2027-01-01) -->\n</template>",
      ["2 used by the host 2027-01-01"],
    ],
    ["a.svelte", "<!-- nightsweep-keep-file: a template -->", ["1 a template "]],
    ["a.html", "<!--\n  nightsweep-keep\n-->", ["1  "]],
    ["a.mdx", "{/* nightsweep-keep: shown */}", ["1 shown "]],
    ["a.html", "<p>nightsweep-keep: no comment</p>", []],
    ["a.css", "<!-- nightsweep-keep: no markup -->", []],
  ])("in %s", (file, text, expected) => {
    expect(keepsInMarkup(file, text).map(({ line, why, until }) => `${line} ${why ?? ""} ${until ?? ""}`)).toEqual(
      expected,
    );
  });
});

describe("what is said of an annotation", () => {
  const keep: Keep = {
    file: "src/apple.ts",
    line: 3,
    scope: "here",
    names: ["apple"],
    why: "by name",
    until: "2026-11-23",
    isUnneeded: false,
  };
  test.each<[string, Partial<Keep>, string, readonly string[]]>([
    ["on its last day nothing", {}, "2026-11-23T23:59:00.000Z", []],
    ["members that nobody can judge", { isUnneeded: null }, "2026-11-23T02:00:00.000Z", []],
    [
      "that it is over",
      {},
      "2026-11-24T00:00:00.000Z",
      ["nightsweep-keep of apple ended on 2026-11-23; it stays until the annotation is taken out or gets another date"],
    ],
    [
      "that a reason is missing",
      { why: null },
      "2026-11-23T02:00:00.000Z",
      ["nightsweep-keep of apple gives no reason; it is kept all the same"],
    ],
    [
      "that it is not needed",
      { isUnneeded: true },
      "2026-11-23T02:00:00.000Z",
      ["nightsweep-keep of apple is not needed: it is in use"],
    ],
    [
      "that it stands at nothing",
      { names: [] },
      "2026-11-23T02:00:00.000Z",
      ["nightsweep-keep stands at nothing that could be kept"],
    ],
  ])("%s", (_what, change, now, expected) => {
    expect(notesOnKeep({ ...keep, ...change }, now).map(({ text }) => text)).toEqual(expected);
  });
});
