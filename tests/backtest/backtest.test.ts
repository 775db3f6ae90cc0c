import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { git } from "../../src/io/git.ts";
import { nightsweep, temporaryFolder } from "../command-line.ts";
import { plantCommit, plantRepository } from "../io/planted-repository.ts";

const apple = (...names: readonly string[]) =>
  names.map((name) => `export function ${name}(apples) {\n  return apples.length;\n}\n`).join("\n");
const index = (...names: readonly string[]) => `export { ${names.join(", ")} } from "./apple.js";\n`;

/** A year of an orchard: the press was written in January and wired in March; in May somebody deleted the scales. */
const history: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ["2026-03-02", { "src/index.js": index("ripe", "press") }],
  ["2026-05-04", { "src/apple.js": apple("ripe", "press", "basket") }],
  ["2026-09-07", { "README.md": "Apples.\n" }],
];

let folder = "";
let remove = (): Promise<void> => Promise.resolve();
const hashes: string[] = [];
beforeAll(async () => {
  ({ path: folder, remove } = await temporaryFolder());
  const orchard = path.join(folder, "orchard");
  const manifest = { name: "orchard", version: "1.0.0", type: "module", exports: "./src/index.js" };
  const planted = {
    "package.json": JSON.stringify(manifest),
    "src/index.js": index("ripe"),
    "src/apple.js": apple("ripe", "press", "weigh", "basket"),
  };
  hashes.push(await plantRepository(orchard, planted));
  for (const [day, files] of history) hashes.push(await plantCommit(orchard, files, day));
});
afterAll(() => remove());

const documentSchema = z.object({
  tip: z.string(),
  points: z.array(z.object({ date: z.string(), kind: z.string(), ms: z.number().nullable() })),
  rows: z.array(
    z.object({
      variant: z.string(),
      proposals: z.number(),
      deleted: z.number(),
      there: z.number(),
      takenBack: z.number(),
      medianLeadDays: z.number().nullable(),
    }),
  ),
  recommendation: z.unknown(),
  symbols: z.array(
    z.object({
      file: z.string(),
      name: z.string(),
      fate: z.string(),
      by: z.object({ commit: z.string() }).nullable(),
    }),
  ),
});

async function backtest(...words: readonly string[]) {
  return nightsweep(["policy", "backtest", "orchard", ...words], { folder });
}

describe("policy backtest", () => {
  test("tells for each age what was deleted later, taken back, and left, and by which commit", async () => {
    const { code, stdout, stderr } = await backtest("--json", "--max-regret", "5%");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const { tip, points, rows, symbols, recommendation } = documentSchema.parse(JSON.parse(stdout));
    expect(tip).toBe(hashes[3]);
    expect(points.map(({ date, kind }) => `${date.slice(0, 10)} ${kind}`)).toEqual([
      "2026-01-01 seen",
      "2026-03-02 seen",
      "2026-05-04 seen",
      "2026-09-07 seen",
    ]);
    const figures = rows.map(({ variant, ...row }) => [
      variant,
      row.proposals,
      row.deleted,
      row.there,
      row.takenBack,
      row.medianLeadDays,
    ]);
    expect(figures.slice(0, 3)).toEqual([
      ["minAgeDays 0", 3, 1, 1, 1, 123],
      ["minAgeDays 7", 2, 1, 1, 0, 63],
      ["minAgeDays 14", 2, 1, 1, 0, 63],
    ]);
    expect(figures.slice(5)).toEqual([
      ["minAgeDays 90", 1, 0, 1, 0, null],
      ["minAgeDays 180", 0, 0, 0, 0, null],
      ["minAgeDays 365", 0, 0, 0, 0, null],
      ["as written", 2, 1, 1, 0, 63],
    ]);
    expect(symbols.map(({ name, fate, by }) => [name, fate, by?.commit ?? null])).toEqual([
      ["basket", "there", null],
      ["weigh", "deleted", hashes[2]],
      ["press", "taken-back", hashes[1]],
    ]);
    expect(recommendation).toEqual({ kind: "none", because: "too-few" });
  });

  test("says the same again from what it kept, as a table, and draws it", async () => {
    const first = await backtest("--plot", "regret.svg");
    const drawn = await readFile(path.join(folder, "regret.svg"), "utf8");
    const second = await backtest("--plot", "regret.svg");
    expect(second.stdout).toBe(first.stdout);
    expect(await readFile(path.join(folder, "regret.svg"), "utf8")).toBe(drawn);
    expect(first.stdout).toContain("all points were on record");
    expect(first.stdout).toMatch(/^minAgeDays 14 +2 +2 +6 +1 +63 d +1 +0 +0\.0 % \(0\.0 to 65\.8 %\)$/m);
    expect(first.stdout).toContain("No recommendation: fewer than 20 proposals cannot tell one age from another");
    expect(first.stdout).toContain(`used again 2026-03-02 in ${hashes[1]?.slice(0, 10) ?? ""} Day 2026-03-02`);
    expect(drawn).toMatchSnapshot();
  });

  test("tries the policy that is named", async () => {
    await writeFile(path.join(folder, "shy.yaml"), "version: 1\nname: shy\nceiling: report\n");
    const { stdout } = await backtest("--policy", "shy.yaml");
    expect(stdout).toContain("No recommendation: nothing would have been proposed");
  });

  test.each([
    ["a shallow clone", "shallow", "shallow is a shallow clone"],
    ["a short history", "young", "1 of 1 commits are in the last 12 months of young, one a week; 3 are needed"],
    ["no repository", "meadow", "meadow does not exist"],
  ])("refuses %s", async (_what, name, complaint) => {
    const place = path.join(folder, name);
    if (name === "shallow")
      await git({ directory: folder, words: ["clone", "--quiet", "--depth=1", `file://${folder}/orchard`, place] });
    if (name === "young") {
      await mkdir(place, { recursive: true });
      await cp(path.join(folder, "orchard", "package.json"), path.join(place, "package.json"));
      await plantRepository(place, { "index.js": "export const apple = 1;\n" });
    }
    const { code, stderr } = await nightsweep(["policy", "backtest", name], { folder });
    expect({ code, says: stderr.includes(complaint) }).toEqual({ code: 1, says: true });
  });

  test.each([
    ["--months", "0"],
    ["--max-regret", "200%"],
    ["--every", "year"],
  ])("takes no %s %s", async (option, value) => {
    expect((await backtest(option, value)).code).toBe(2);
  });
});
