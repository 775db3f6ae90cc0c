import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { resources, sandboxHere } from "../io/enclosure.ts";
import { mirrorOf, plantRepository } from "../io/planted-repository.ts";
import { temporaryFolder } from "../io/temporary-folder.ts";
import { judgePlants } from "./judge-plants.ts";
import { plantIn } from "./plants.ts";

const limits = { installMinutes: 2, checkMinutes: 2, verifyRuns: 40, verifyMinutes: 30, idleMinutes: 4, ...resources };
/** Two dozen runs of checks, of a real compiler among them, on a machine that may have other work. */
const patience = { timeout: 300_000 };
const compiler = join(import.meta.dirname, "../../node_modules/typescript/lib");

it("catches each unsafe deletion with the check that is meant for it, and lets the safe one go", patience, async () => {
  await using folder = await temporaryFolder();
  const request = {
    ...mirrorOf(folder.path),
    install: true,
    checks: {
      typecheck: ["node", "node_modules/typescript/lib/tsc.js", "-p", "."],
      test: ["node", "--test"],
      build: false as const,
    },
    installMinutes: 2,
    sandbox: await sandboxHere(),
    resources,
    installHosts: [],
  };
  const { files, plants } = plantIn({
    entry: "src/index.ts",
    entryText: "",
    extension: ".ts",
    testFile: "src/plum.test.ts",
    testImport: 'import { it } from "node:test";\n',
  });
  const settings = { lib: ["es5"], types: [], noEmit: true, strict: true, allowImportingTsExtensions: true };
  await plantRepository(request.location, {
    "package.json": '{"name":"plums","type":"module","exports":"./src/index.ts"}',
    ".gitignore": "node_modules",
    "tsconfig.json": JSON.stringify({
      compilerOptions: { module: "nodenext", target: "es2022", ...settings },
      include: ["src"],
      exclude: ["**/*.test.ts"],
    }),
    ...files,
  });
  const furnish = async (directory: string): Promise<void> => {
    const shelf = join(directory, "node_modules/typescript/lib");
    await mkdir(shelf, { recursive: true });
    for (const name of ["tsc.js", "_tsc.js", "lib.es5.d.ts", "lib.decorators.d.ts", "lib.decorators.legacy.d.ts"])
      await copyFile(join(compiler, name), join(shelf, name));
  };
  const { fates } = await judgePlants(request, plants, { limits, furnish });
  expect(fates.map(({ name, seenBy }) => [name, seenBy])).toEqual(plants.map(({ name, guard }) => [name, guard]));
  expect(Object.fromEntries(fates.map(({ name, proposedBy }) => [name, proposedBy]))).toEqual({
    ripe: [],
    weigh: [],
    put: [],
    push: ["tested"],
    PlumCrate: ["tested"],
    unshelved: ["tested", "proven"],
    forgotten: ["tested", "tested with a canary", "proven"],
  });
});
