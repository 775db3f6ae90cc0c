/**
 * What nightsweep and its rivals find in the planted repository: `npm run rivals` writes the table below
 * tests/planted/README.md. The rivals come from the npm registry, at fixed versions.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { lineOf, withPlantedRepository } from "./planted-repository.ts";
import { isFound, nightsweep, rivals, type Finding, type Tool } from "./rivals.ts";
import { features, traps, type Spot } from "./table.ts";

type Result = { readonly tool: Tool; readonly findings: readonly Finding[] };

const results = await withPlantedRepository(async (directory, files) => {
  const found: Result[] = [];
  for (const tool of [nightsweep, ...rivals]) found.push({ tool, findings: await tool.find(directory, files) });
  return found;
});

/** Of all spots: all, some or none found. */
function mark(spots: readonly Spot[], findings: readonly Finding[], words: readonly [string, string, string]): string {
  const found = spots.filter((spot) => isFound(spot, findings, lineOf)).length;
  return found === spots.length ? words[0] : found > 0 ? words[1] : words[2];
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
const heads = results.map(({ tool }) => `${tool.name} ${tool.version === "this" ? "" : tool.version}`.trim());
const table = [
  row(["dead", ...heads]),
  row(["---", ...heads.map(() => "---")]),
  ...features.map(({ feature, dead }) =>
    row([feature, ...results.map(({ findings }) => mark(dead, findings, ["yes", "partly", "-"]))]),
  ),
  row([
    "**found**",
    ...results.map(({ findings }) => {
      const whole = features.filter(({ dead }) => dead.every((spot) => isFound(spot, findings, lineOf))).length;
      return `**${whole} of ${features.length}**`;
    }),
  ]),
];
const alive = [
  row(["alive", ...heads]),
  row(["---", ...heads.map(() => "---")]),
  ...traps.map(({ trap, alive: spots }) =>
    row([trap, ...results.map(({ findings }) => mark(spots, findings, ["**called dead**", "**partly**", "kept"]))]),
  ),
];
const page = `# What is found in the planted repository

Made by \`npm run rivals\` from [table.ts](table.ts), which says what is planted where in
[../repositories/planted](../repositories/planted). All run cold, without an install and without a configuration;
tsr must be told the entries, and is told the right ones; its recursive mode ends in an assertion on the planted
overloads, so it runs without.

${table.join("\n")}

What is alive, and easy to miss:

${alive.join("\n")}
`;
writeFileSync(path.join(import.meta.dirname, "README.md"), page);
process.stdout.write(page);
