import { expect, test } from "vitest";
import { readCodeowners } from "../../src/core/codeowners.ts";

const owners = readCodeowners(
  [
    "# the whole orchard",
    "*               @fruit/growers",
    "*.css           @fruit/painters  # colours",
    "/src/pricing/   @fruit/sellers pear@example.org",
    "docs/*          @fruit/writers",
    "labels          @fruit/printers",
    "/src/pricing/generated.ts",
    "",
  ].join("\r\n"),
);

test.each([
  ["src/apple.ts", ["@fruit/growers"]],
  ["src/deep/apple.css", ["@fruit/painters"]],
  ["src/pricing/tax/rate.ts", ["@fruit/sellers", "pear@example.org"]],
  ["other/src/pricing/rate.ts", ["@fruit/growers"]],
  ["docs/pear.md", ["@fruit/writers"]],
  ["docs/deep/pear.md", ["@fruit/growers"]],
  ["src/labels/de.ts", ["@fruit/printers"]],
  ["src/pricing/generated.ts", []],
])("%s belongs to %j", (file, expected) => {
  expect(owners(file)).toEqual(expected);
});
