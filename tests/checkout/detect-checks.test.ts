import { describe, expect, it } from "vitest";
import { detectChecks, type Runner } from "../../src/checkout/detect-checks.ts";
import { listPackages } from "../../src/checkout/packages.ts";
import type { ChecksConfig } from "../../src/core/config.ts";

/** Files by path; a package.json may be given as its scripts alone. */
type Tree = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

const typescript = '{"devDependencies":{"typescript":"5.9.2"}}';

function detect(tree: Tree, config?: ChecksConfig, runner: Runner = "npm"): readonly string[] {
  const texts = new Map(
    Object.entries(tree).map(([file, value]) => [
      file,
      typeof value === "string" ? value : JSON.stringify({ scripts: value }),
    ]),
  );
  const files = [...texts.keys()];
  const read = (file: string): string | undefined => texts.get(file);
  const packages = listPackages(files, read);
  const checks = detectChecks({ packages, files, read, runnerOf: () => runner, config });
  return checks.map(({ kind, name, source }) => `${kind}: ${name} <- ${source}`);
}

describe("detectChecks", () => {
  it.each<[string, Tree, readonly string[]]>([
    [
      "the scripts of the top",
      { "package.json": { "type-check": "tsc", build: "vite build", test: "vitest" } },
      [
        "typecheck: npm run type-check <- package.json scripts.type-check",
        "build: npm run build <- package.json scripts.build",
        "test: npm run test <- package.json scripts.test",
      ],
    ],
    [
      "the compiler where no script runs it",
      { "package.json": typescript, "tsconfig.json": '{"include":["src"]}' },
      ["typecheck: tsc --noEmit -p tsconfig.json <- tsconfig.json"],
    ],
    [
      "references of a top that compiles nothing itself",
      { "package.json": typescript, "tsconfig.json": '{ "files": [ ], "references": [{ "path": "a" }] }' },
      ["typecheck: tsc -b <- tsconfig.json"],
    ],
    [
      "packages of a workspace whose top has only a base configuration",
      {
        "package.json": typescript,
        "tsconfig.json": '{"compilerOptions":{"strict":true}}',
        "packages/plum/package.json": "{}",
        "packages/plum/tsconfig.json": "{}",
        "packages/plum/src/index.ts": "",
      },
      ["typecheck: tsc --noEmit -p tsconfig.json (packages/plum) <- packages/plum/tsconfig.json"],
    ],
    [
      "scripts of the packages where the top has none",
      {
        "package.json": { prepare: "husky" },
        "apps/shop/package.json": { test: "vitest run" },
        "apps/till/package.json": { "check-types": "tsc" },
      },
      [
        "typecheck: npm run check-types (apps/till) <- apps/till/package.json scripts.check-types",
        "test: npm run test (apps/shop) <- apps/shop/package.json scripts.test",
      ],
    ],
    [
      "no placeholder, no watcher, no server",
      {
        "package.json": {
          test: 'echo "Error: no test specified" && exit 1',
          "test:unit": "jest --watch",
          types: "gen",
        },
      },
      [],
    ],
    [
      "the one-shot script beside a watcher",
      { "package.json": { test: "vitest watch", "test:ci": "vitest run" } },
      ["test: npm run test:ci <- package.json scripts.test:ci"],
    ],
    [
      "no build that is the type check over again",
      { "package.json": { typecheck: "tsc -b", build: "tsc -b" } },
      ["typecheck: npm run typecheck <- package.json scripts.typecheck"],
    ],
    ["nothing without a compiler", { "package.json": "{}", "tsconfig.json": '{"include":["src"]}' }, []],
  ])("finds %s", (_what, tree, expected) => {
    expect(detect(tree)).toEqual(expected);
  });

  it("lets the configuration decide", () => {
    const tree: Tree = { "package.json": { typecheck: "tsc", test: "vitest", fast: "vitest run fast" } };
    expect(detect(tree, { typecheck: false, test: "fast", build: ["make", "all"] })).toEqual([
      "build: make all <- daemon.config.ts checks",
      "test: npm run fast <- package.json scripts.fast",
    ]);
    expect(() => detect(tree, { test: "slow" })).toThrow(expect.objectContaining({ code: "CHECKS_MISSING" }));
    expect(() => detect(tree, { test: "slow" })).toThrow('checks.test "slow"; the scripts are typecheck, test, fast');
  });

  it("runs scripts and programs with the repository's own package manager", () => {
    const tree: Tree = { "package.json": typescript, "tsconfig.json": '{"include":["src"]}' };
    const packages = listPackages(["package.json"], () => typescript);
    const request = { packages, files: Object.keys(tree), read: () => '{"include":["src"]}', config: undefined };
    const commands = (["npm", "pnpm", "yarn", "bun"] as const).map((runner) =>
      detectChecks({ ...request, runnerOf: () => runner }).map(({ command }) => command.join(" ")),
    );
    expect(commands.flat()).toEqual([
      "npx --no-install tsc --noEmit -p tsconfig.json",
      "pnpm exec tsc --noEmit -p tsconfig.json",
      "yarn run tsc --noEmit -p tsconfig.json",
      "bun run tsc --noEmit -p tsconfig.json",
    ]);
  });

  it("asks at most twenty packages of a workspace", () => {
    const tree = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`packages/p${index}/package.json`, { test: "vitest run" }]),
    );
    expect(detect(tree)).toHaveLength(20);
  });
});
