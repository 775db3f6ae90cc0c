import type { Check } from "../core/check.ts";
import { readManifest } from "../core/manifest.ts";

/** Options that make a test runner write its results to a file as JSON beside what it prints. */
type Reporting = { readonly runner: RegExp; readonly options: (script: string, report: string) => readonly string[] };

/** Settings of the environment and programs that only start another one may stand before the runner. */
const before = String.raw`^\s*(?:cross-env\s+)?(?:[A-Z_]+=\S+\s+)*(?:(?:npx|pnpm|yarn|bunx|dotenv|exec|--|node|--[\w-]+)\s+)*(?:\S*\/)?`;

const runners: readonly Reporting[] = [
  {
    runner: new RegExp(
      String.raw`${before}vitest(?:\.mjs)?(?!\s+(?:bench|watch|dev|list|init|related)\b)(?:\s+run)?(?:\s+-.*|\s+[\w./-]+)*\s*$`,
    ),
    options: (script, report) => [
      ...(/\bvitest(\.mjs)?\s+run\b|\s--run\b/.test(script) ? [] : ["--run"]),
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ],
  },
  {
    runner: new RegExp(String.raw`${before}jest(?:\.js)?(?:\s+-.*|\s+[\w./-]+)*\s*$`),
    options: (_script, report) => ["--json", `--outputFile=${report}`],
  },
];

/**
 * The command of a test check with a JSON report, when its script runs one test runner that is known to write one and
 * nothing else; null otherwise. `manifest` is the text of the package.json that holds the script.
 */
export function reportingCommand(
  check: Check,
  manifest: string | undefined,
  report: string,
): readonly [string, ...string[]] | null {
  const script = check.kind === "test" ? scriptOf(check, manifest) : undefined;
  if (script === undefined || /[;&|<>`$]/.test(script)) return null;
  const reporting = runners.find(({ runner }) => runner.test(script));
  if (reporting === undefined) return null;
  const separator = isScript(check) && check.command[0] === "npm" ? ["--"] : [];
  return [...check.command, ...separator, ...reporting.options(script, report)];
}

/** The command line that ends up running: the text of a script, or the command itself. */
function scriptOf(check: Check, manifest: string | undefined): string | undefined {
  if (!isScript(check)) return check.command.join(" ");
  return manifest === undefined ? undefined : readManifest(manifest)?.scripts?.[check.command[2] ?? ""];
}

function isScript({ command }: Check): boolean {
  return command[1] === "run" && command.length === 3;
}
