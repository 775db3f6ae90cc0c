import { expect, test } from "vitest";
import type { Manifest } from "../../src/core/manifest.ts";
import { createResolver } from "../../src/mark/resolve.ts";
import type { Package } from "../../src/mark/units.ts";

const manifests: Readonly<Record<string, Manifest>> = {
  "": {
    name: "orchard",
    dependencies: { zod: "4" },
    imports: { "#tree": { node: "./dist/tree.js" }, "#nuts/*": "./src/nuts/*.ts" },
  },
  "packages/fruits": {
    name: "@orchard/fruits",
    main: "./dist/index.js",
    exports: { ".": { types: "./dist/index.d.ts", import: "./dist/index.mjs" }, "./deep/*": "./dist/deep/*.js" },
  },
  "packages/plain": { name: "plain" },
};

const files = [
  "src/index.ts",
  "src/tree.ts",
  "src/page.tsx",
  "src/page.web.tsx",
  "src/nuts/hazel.ts",
  "src/old.js",
  "src/view.vue",
  "src/shop/index.ts",
  "src/my fruits/äpfel.ts",
  "src/data.json",
  "bin/cli.js",
  "packages/fruits/src/index.ts",
  "packages/fruits/src/deep/plum.ts",
  "packages/plain/src/index.ts",
  "packages/plain/src/extra.ts",
];

const resolver = createResolver({
  files: new Set(files),
  packages: new Map(
    Object.entries(manifests).map(([directory, manifest]): [string, Package] => [
      directory,
      { directory, manifest, manifestFile: `${directory === "" ? "" : `${directory}/`}package.json` },
    ]),
  ),
  aliases: (_, specifier) => (specifier.startsWith("@app/") ? [specifier.replace("@app/", "src/")] : []),
});

test.each([
  ["src/index.ts", "./tree", ["src/tree.ts"]],
  ["src/index.ts", "./tree.js", ["src/tree.ts"]],
  ["src/index.ts", "./tree.ts", ["src/tree.ts"]],
  ["src/index.ts", "./page", ["src/page.tsx", "src/page.web.tsx"]],
  ["src/index.ts", "./old", ["src/old.js"]],
  ["src/index.ts", "./view.vue", ["src/view.vue"]],
  ["src/index.ts", "./shop", ["src/shop/index.ts"]],
  ["src/shop/index.ts", "..", ["src/index.ts"]],
  ["src/shop/index.ts", "../my fruits/äpfel", ["src/my fruits/äpfel.ts"]],
  ["src/index.ts", "./data.json", ["src/data.json"]],
  ["src/index.ts", "./tree.ts?worker", ["src/tree.ts"]],
  ["src/index.ts", "!!raw-loader!./tree.ts", ["src/tree.ts"]],
  ["index.html", "/src/tree.ts", ["src/tree.ts"]],
  ["bin/cli.js", "../dist/tree.js", ["src/tree.ts"]],
  ["src/index.ts", "@app/tree", ["src/tree.ts"]],
  ["src/index.ts", "#tree", ["src/tree.ts"]],
  ["src/index.ts", "#nuts/hazel", ["src/nuts/hazel.ts"]],
  ["src/index.ts", "@orchard/fruits", ["packages/fruits/src/index.ts"]],
  ["src/index.ts", "@orchard/fruits/deep/plum", ["packages/fruits/src/deep/plum.ts"]],
  ["src/index.ts", "plain", ["packages/plain/src/index.ts"]],
  ["src/index.ts", "plain/extra", ["packages/plain/src/extra.ts"]],
  ["src/index.ts", "~/nuts/hazel", ["src/nuts/hazel.ts"]],
])("%s: %s leads to files", (from, specifier, found) => {
  expect(resolver.resolve(from, specifier)).toEqual({ kind: "files", files: found });
});

test.each([
  ["zod", { kind: "package", name: "zod" }],
  ["zod/mini", { kind: "package", name: "zod" }],
  ["node:fs", { kind: "package", name: "node:fs" }],
  ["fs/promises", { kind: "package", name: "fs" }],
  ["@scope/unknown/deep", { kind: "package", name: "@scope/unknown" }],
  ["./nowhere", { kind: "unresolved" }],
  ["../../outside", { kind: "unresolved" }],
  ["#nowhere", { kind: "unresolved" }],
])("%s", (specifier, resolution) => {
  expect(resolver.resolve("src/index.ts", specifier)).toEqual(resolution);
});

test.each([
  ["", "./dist/tree.js", ["src/tree.ts"]],
  ["", "lib/esm/tree.mjs", ["src/tree.ts"]],
  ["", "dist/types/tree.d.ts", ["src/tree.ts"]],
  ["", "./src/tree.ts", ["src/tree.ts"]],
  ["", "./dist/nowhere.js", []],
  ["", "./dist/nuts/*.js", ["src/nuts/hazel.ts"]],
  ["packages/fruits", "./dist/*.mjs", ["packages/fruits/src/index.ts", "packages/fruits/src/deep/plum.ts"]],
  ["packages/fruits", "./build/deep/*/index.js", []],
])("%s: the source of %s", (directory, target, found) => {
  expect(resolver.sourceOf(directory, target)).toEqual(found);
});
