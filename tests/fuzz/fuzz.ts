import { parseArgs } from "node:util";
import { checkRegressions } from "./check-regressions.ts";
import { printTree } from "./regression.ts";
import { runFuzz } from "./run-fuzz.ts";
import { printStatistics } from "./statistics.ts";

/*
 * npm run fuzz -- --runs 20000 [--seed 7] [--path 12:3] [--language js|cjs|ts] [--json]
 * npm run fuzz -- --regressions
 *
 * Ends with 1 when a sweep changed what a program does; the program is printed in the form of tests/fuzz/regressions.
 */
const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "1000" },
    seed: { type: "string" },
    path: { type: "string" },
    language: { type: "string", default: "js" },
    json: { type: "boolean", default: false },
    regressions: { type: "boolean", default: false },
  },
});

process.exitCode = values.regressions ? await runRegressions() : await runPrograms();

async function runRegressions(): Promise<number> {
  const outcomes = await checkRegressions();
  process.stdout.write(`${JSON.stringify(outcomes, null, 1)}\n`);
  return outcomes.every(({ outcome }) => outcome === "kept") ? 0 : 1;
}

async function runPrograms(): Promise<number> {
  const started = Date.now();
  const report = await runFuzz({
    runs: Number(values.runs),
    seed: values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed),
    language: values.language === "ts" || values.language === "cjs" ? values.language : "js",
    ...(values.path === undefined ? {} : { path: values.path }),
    shrinkMs: 60_000,
  });
  const { request, failure, statistics } = report;
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  const words = `--runs ${request.runs} --seed ${request.seed} --language ${request.language}`;
  if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else process.stdout.write(`${words}: ${seconds} s\n${printStatistics(statistics)}\n`);
  if (failure !== null && !values.json)
    process.stdout.write(
      `\nBROKEN (--seed ${request.seed} --path ${failure.path}): ${failure.why}\n\n${printTree(failure.before)}\nbecame\n\n${printTree(failure.after)}\n`,
    );
  return failure === null ? 0 : 1;
}
