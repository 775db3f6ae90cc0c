import { expect, test } from "vitest";
import { isAsidePath, isTestPath, isTypeTestPath, joinPath } from "../../src/mark/paths.ts";

test.each([
  ["src/index.ts", ""],
  ["src/before/apple.ts", ""],
  ["src/data/apple.ts", ""],
  ["src/tools/press.ts", ""],
  ["src/apple.test.ts", "test"],
  ["src/__mocks__/fs.ts", "test"],
  ["e2e/shop.ts", "test"],
  ["tests/shop.ts", "test"],
  ["src/contest/shop.ts", ""],
  ["tests/passes/unused-file/collects-alone/before/src/index.ts", "test aside"],
  ["tests/fixtures/apple.ts", "test aside"],
  ["packages/fruits/test/cases/apple.ts", "test aside"],
  ["scripts/prune.ts", "aside"],
  ["examples/basket/src/index.ts", "aside"],
  ["vite.config.ts", "aside"],
  ["apps/shop/medusa-config.js", "aside"],
  ["src/site-config.ts", ""],
  ["integration-tests/shop/basket.ts", "test"],
  ["src/Tree.stories.tsx", "aside"],
  [".storybook/main.ts", "aside"],
  ["test-d/apple.ts", "test types"],
  ["src/apple.test-d.ts", "test types"],
])("%s: %s", (path, kinds) => {
  const found = [isTestPath(path) && "test", isAsidePath(path) && "aside", isTypeTestPath(path) && "types"];
  expect(found.filter((kind) => kind !== false).join(" ")).toBe(kinds);
});

test.each([
  ["src", "./a.ts", "src/a.ts"],
  ["src/b", "../a", "src/a"],
  ["", "a//b/./c", "a/b/c"],
  ["src", "../../a", null],
])("%s + %s", (folder, relative, path) => {
  expect(joinPath(folder, relative)).toBe(path);
});
