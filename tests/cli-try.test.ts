import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tryDocumentSchema } from "../src/core/try-document.ts";
import { git } from "../src/io/git.ts";
import { nightsweep, plant, smallOrchard, temporaryFolder } from "./command-line.ts";

let folder = "";
let remove = (): Promise<void> => Promise.resolve();
beforeAll(async () => {
  ({ path: folder, remove } = await temporaryFolder());
  await plant(path.join(folder, "orchard"), smallOrchard);
});
afterAll(() => remove());

describe("try", () => {
  test("--json prints one document of its schema, with the members and the stages", async () => {
    const { code, stdout, stderr } = await nightsweep(["try", "orchard", "--json"], { folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const document = tryDocumentSchema.parse(JSON.parse(stdout));
    expect(document.candidates).toMatchObject([
      {
        pass: "unused-export",
        subject: { file: "src/apple.js", name: "weighByHand", line: 7 },
        members: [{ file: "src/apple.js", name: "weighByHand", line: 7, endLine: 9 }],
        exposure: "internal",
        ageDays: 628,
        assurance: "proven",
        decision: { action: "propose" },
        edits: { files: 1, linesRemoved: 5, linesAdded: 0 },
      },
    ]);
    expect(Object.keys(document.stages)).toEqual(["checkout", "mark", "find", "decide", "sweep", "verify"]);
    expect(document.roots.map(({ file, strength }) => `${strength} ${file}`)).toContain("strong src/index.js");
  });

  test("lists what would go by pass, with a diff on request, and leaves the repository alone", async () => {
    const orchard = path.join(folder, "orchard");
    const before = await readdir(orchard, { recursive: true });
    const { stdout } = await nightsweep(["try", ".", "--no-verify", "--diff"], {
      folder: orchard,
      environment: { XDG_CACHE_HOME: path.join(folder, "cache") },
    });
    expect(stdout).toContain("Unused exports (1)");
    expect(stdout).toContain("src/apple.js:7 weighByHand");
    expect(stdout).toMatch(/^ +-export function weighByHand\(apples\) \{$/m);
    expect(await readdir(orchard, { recursive: true })).toEqual(before);
  });

  test("runs only the passes that are named", async () => {
    const { stdout } = await nightsweep(["try", "orchard", "--no-verify", "--pass", "unused-type"], { folder });
    expect(stdout).toContain("Nothing to collect");
  });

  test("--check ends with 1 when there is something, and with 0 when there is nothing", async () => {
    const check = ["try", "orchard", "--no-verify", "--check"];
    expect((await nightsweep(check, { folder })).code).toBe(1);
    expect((await nightsweep([...check, "--pass", "unused-file"], { folder })).code).toBe(0);
  });

  test("a stage that stops it is in the document, the error on stderr, and the exit code is 1", async () => {
    const bare = path.join(folder, "bare");
    await git({ directory: folder, words: ["init", "--quiet", bare] });
    const { code, stdout, stderr } = await nightsweep(["try", "bare", "--json"], { folder });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: The repository has no commit/);
    const document = tryDocumentSchema.parse(JSON.parse(stdout));
    expect(document).toMatchObject({
      base: null,
      candidates: [],
      stoppedAt: { stage: "checkout", code: "REPOSITORY_EMPTY" },
    });
  });
});

describe("explain", () => {
  test.each([
    ["src/apple.js#ripe", [/ is alive\.$/m, /^Root: .*package\.json exports/m, /src\/index\.js/]],
    ["src/apple.js#weighByHand", [/ is dead: none of \d+ roots reaches it\.$/m, /^Nothing uses it\.$/m]],
  ])("%s", async (subject, messages) => {
    const { code, stdout } = await nightsweep(["explain", "orchard", subject], { folder });
    expect(code).toBe(0);
    for (const message of messages) expect(stdout).toMatch(message);
  });

  test("a symbol that is not there is answered with those that are", async () => {
    const { code, stderr } = await nightsweep(["explain", "orchard", "src/apple.js#pear"], { folder });
    expect(code).toBe(1);
    expect(stderr).toContain("it declares ripe, weighByHand");
  });
});

test("roots lists each root with its reason", async () => {
  const { stdout } = await nightsweep(["roots", "orchard"], { folder });
  expect(stdout).toMatch(/^strong {2}production {2}src\/index\.js {2}\(package\.json exports/m);
  expect(stdout).toMatch(/^weak {2}test {2}test\/apple\.test\.js/m);
});

test("roots --propose prints what the configuration of knip lacks, --write writes it", async () => {
  const apart = path.join(folder, "apart");
  await plant(apart, {
    "package.json": '{ "name": "apart", "private": true }\n',
    "src/serve.js": "console.log(1);\n",
  });
  const { code, stdout } = await nightsweep(["roots", "apart", "--propose"], { folder });
  expect(code).toBe(0);
  expect(stdout).toContain('"src/serve.js!"');
  expect((await nightsweep(["roots", "apart", "--write"], { folder })).stdout).toContain("written: knip.jsonc");
  expect(await readFile(path.join(apart, "knip.jsonc"), "utf8")).toContain('"src/serve.js!"');
  const elsewhere = await nightsweep(["roots", "https://127.0.0.1/none.git", "--write"], { folder });
  expect(elsewhere.stderr).toContain("--write needs a local folder");
});
