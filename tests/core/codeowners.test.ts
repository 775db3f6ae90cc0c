import { describe, expect, test } from "vitest";
import { readCodeowners } from "../../src/core/codeowners.ts";

const { ownersOf, faults } = readCodeowners(
  [
    "# the whole orchard",
    "*               @fruit/growers",
    "*.css           @fruit/painters  # colours",
    "/src/pricing/   @fruit/sellers pear@example.org",
    "docs/*          @fruit/writers",
    "labels          @fruit/printers",
    "/src/pricing/generated.ts",
    "apps/           @apps",
    "**/logs         @loggers",
    "/build/**/notes @noters",
    "my\\ fruit/      @spaces",
    "a+(b){c,d}.ts   @literal",
    "file?.md        @anyone",
    "!src/apple.ts   @nobody",
    "\\#hash         @nobody",
    "src/[a-c].ts    @nobody",
    "[Section]",
    "src/apple.ts    @good not-an-owner",
    "",
  ].join("\r\n"),
);

describe("owners", () => {
  test.each([
    ["src/apple.ts", ["@fruit/growers"]],
    ["src/a.ts", ["@fruit/growers"]],
    ["src/deep/apple.css", ["@fruit/painters"]],
    ["src/pricing/tax/rate.ts", ["@fruit/sellers", "pear@example.org"]],
    ["other/src/pricing/rate.ts", ["@fruit/growers"]],
    ["docs/pear.md", ["@fruit/writers"]],
    ["docs/deep/pear.md", ["@fruit/growers"]],
    ["src/labels/de.ts", ["@fruit/printers"]],
    ["src/pricing/generated.ts", []],
    ["deep/apps/cart.ts", ["@apps"]],
    ["apps", ["@fruit/growers"]],
    ["deep/er/logs/today.txt", ["@loggers"]],
    ["build/notes", ["@noters"]],
    ["build/a/b/notes/one.txt", ["@noters"]],
    ["my fruit/apple.ts", ["@spaces"]],
    ["a+(b){c,d}.ts", ["@literal"]],
    ["aab.ts", ["@fruit/growers"]],
    ["deep/file1.md", ["@anyone"]],
    ["deep/file12.md", ["@fruit/growers"]],
    ["SRC/pricing/rate.ts", ["@fruit/growers"]],
  ])("%s belongs to %j", (file, expected) => {
    expect(ownersOf(file)).toEqual(expected);
  });

  test("lines that GitHub skips are told with their reason", () => {
    expect(faults.map(({ line, text }) => `${line} ${text}`)).toEqual([
      "14 !src/apple.ts takes paths out again, which GitHub does not do here",
      "15 \\#hash begins with an escaped #, which GitHub does not know here",
      "16 src/[a-c].ts has brackets: GitHub knows neither ranges nor sections here",
      "17 [Section] has brackets: GitHub knows neither ranges nor sections here",
      "18 not-an-owner is neither a login, a team nor an address",
    ]);
  });

  test("a file that GitHub does not load owns nothing", () => {
    const large = readCodeowners(`* @fruit\n${"#".repeat(3 * 1024 * 1024)}`);
    expect([large.ownersOf("src/apple.ts"), large.faults.length]).toEqual([[], 1]);
  });
});
