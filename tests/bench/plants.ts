/**
 * Plants unsafe deletions in a real repository and shows which check catches each:
 * `npm run bench:plants -- <repository> <commit> <entry> <test file> <vitest | jest | node:test> [extension]`. It ends with 1 when one is caught by
 * another check than the one that is meant for it, or not at all.
 */
import { mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configSchema } from "../../src/core/config.ts";
import { repoKey } from "../../src/core/names.ts";
import { git } from "../../src/io/git.ts";
import { sandboxFor } from "../../src/io/sandbox-choice.ts";
import { plantCommit } from "../io/planted-repository.ts";
import { judgePlants } from "../verify/judge-plants.ts";
import { plantIn, type Garden } from "../verify/plants.ts";

const imports = {
  vitest: 'import { it } from "vitest";\n',
  jest: 'import { it } from "@jest/globals";\n',
  "node:test": 'import { it } from "node:test";\n',
} as const satisfies Record<string, string>;
const [
  location = ".",
  commit = "HEAD",
  entry = "src/index.ts",
  testFile = "src/plum.test.ts",
  runner = "vitest",
  extension = "",
] = process.argv.slice(2);
const testImport = Object.entries(imports).find(([name]) => name === runner)?.[1];
const extensions = ["", ".js", ".ts"] as const satisfies readonly Garden["extension"][];
const known = extensions.find((one) => one === extension);
if (testImport === undefined || known === undefined) throw new Error(`${runner} or ${extension} is not known`);

const folder = await realpath(await mkdtemp(join(tmpdir(), "plants-")));
const clone = join(folder, "planted");
try {
  await git({ directory: folder, words: ["clone", "--quiet", location, clone] });
  await git({ directory: clone, words: ["checkout", "--quiet", "-B", "planted", commit] });
  const entryText = await readFile(join(clone, entry), "utf8");
  const { files, plants } = plantIn({ entry, entryText, extension: known, testFile, testImport });
  await plantCommit(clone, files, 1);
  const signal = new AbortController().signal;
  const generous = { verifyRuns: 80, verifyMinutes: 600, checkMinutes: 60, installMinutes: 60 };
  const { limits } = configSchema.parse({ repositories: [location], limits: generous });
  const began = performance.now();
  let runs = 0;
  const { fates, verification } = await judgePlants(
    {
      location: clone,
      key: repoKey(location),
      stateDirectory: join(process.env["XDG_CACHE_HOME"] ?? join(folder, "state"), "plants"),
      install: true,
      installMinutes: limits.installMinutes,
      sandbox: await sandboxFor({ location: "" }, "required", signal),
      resources: limits,
      installHosts: [],
      signal,
    },
    plants,
    { limits, onRun: ({ done, check }) => void ((runs = done), process.stderr.write(`${done} ${check}\n`)) },
  );
  process.stdout.write(
    [
      ...verification.baseline.runs.map((run) => `base: ${run.check} ${run.result} ${JSON.stringify(run.tests)}`),
      "| plant | what it is | caught by | its words | proposed under |",
      "| --- | --- | --- | --- | --- |",
      ...fates.map(
        ({ name, what, seenBy, because, proposedBy }) =>
          `| ${name} | ${what} | ${seenBy} | ${because} | ${proposedBy.join(", ") || "nothing"} |`,
      ),
      `${runs} runs of checks, ${((performance.now() - began) / 60_000).toFixed(1)} minutes`,
      "",
    ].join("\n"),
  );
  process.exitCode = fates.every(({ meant, seenBy }) => meant === seenBy) ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
