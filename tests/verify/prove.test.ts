import { describe, expect, it } from "vitest";
import { checks, run, shop, type Case } from "./shop.ts";

const files = {
  ...shop,
  "src/index.ts": 'import { ripe } from "./pear.ts";\nexport { count } from "./count.ts";\nconsole.log(ripe(3));\n',
  "src/pear.ts": [
    "export function ripe(days: number): boolean {",
    "  return days > 2;",
    "}",
    "export function unripe(days: number): boolean {",
    "  return !ripe(days);",
    "}",
    "",
  ].join("\n"),
  "src/count.ts":
    "export interface Count {\n  readonly n: number;\n}\nexport function count(): Count {\n  return { n: 1 };\n}\n",
  "tests/pear.txt": "",
};
const packages: ReadonlySet<string> = new Set(["left-pear"]);
const product = { entries: ["src/index.ts"], offered: [], packages };
const [live = "", dead = ""] = files["src/pear.ts"].split(/(?<=\n\}\n)/);

type Row = readonly [string, Partial<Case>, Case["sweeps"][string]["changes"], string, unknown];

const rows: readonly Row[] = [
  ["a function that nothing uses", {}, { "src/pear.ts": live }, "proven", { bundles: "same", because: null }],
  [
    "a call with an effect",
    {},
    { "src/index.ts": files["src/index.ts"].replace("console.log(ripe(3));\n", "") },
    "tested",
    { bundles: "different", because: "the bundle src/index.js is different" },
  ],
  [
    "a live function with its use",
    {},
    { "src/index.ts": 'export { count } from "./count.ts";\n', "src/pear.ts": dead },
    "tested",
    { bundles: "different" },
  ],
  [
    "a dependency",
    {},
    { "package.json": '{"name":"shop"}' },
    "tested",
    { bundles: "impossible", because: "bundles do not show what package.json changes" },
  ],
  [
    "anything where an alias leads past the bundler",
    { files: { ...files, "src/index.ts": 'import "@/pear";\n' } },
    { "src/count.ts": "" },
    "tested",
    { bundles: "impossible", because: '"@/pear" is neither a file nor a known package' },
  ],
  [
    "anything where a module cannot be bundled",
    { files: { ...files, "src/index.ts": 'import "./shop.vue";\n', "src/shop.vue": "" } },
    { "src/count.ts": "" },
    "tested",
    { bundles: "impossible", because: expect.stringContaining("No loader is configured") as string },
  ],
  [
    "anything where nothing is delivered",
    { product: { ...product, entries: [] } },
    { "src/pear.ts": live },
    "tested",
    { bundles: "impossible", because: "there is no production entry that could be bundled" },
  ],
];

describe.concurrent("the proof", () => {
  it.each(rows)("of %s", async (...[, more, changes, level, proof]) => {
    const { verification, summary } = await run({ files, checks, product, ...more, sweeps: { plum: { changes } } });
    expect(summary.batches).toEqual([`plum ${level}`]);
    expect(verification.batches[0]?.proof).toMatchObject(proof as object);
  });
});
