import { existsSync } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { NightsweepError } from "./core/errors.ts";
import type { PolicyTest } from "./core/policy-test.ts";
import { failureOf } from "./decide/policy-tests.ts";
import { readPolicyTests } from "./io/policy-file.ts";
import type { Session } from "./session.ts";

/** Runs the tests of policies in a folder or a file. */
export async function testPolicies(
  session: Session,
  place: string,
): Promise<{ readonly lines: readonly string[]; readonly failed: number }> {
  const start = path.resolve(session.currentDirectory, place);
  if (!existsSync(start)) throw new NightsweepError("NOT_FOUND", `a file or folder ${place} with tests of policies`);
  const files = /\.ya?ml$/.test(start)
    ? [start]
    : (await readdir(start)).filter((name) => /\.ya?ml$/.test(name)).map((name) => path.join(start, name));
  const lines: string[] = [];
  let failed = 0;
  for (const file of files.toSorted()) {
    const { policy, tests } = await readPolicyTests(file);
    const failures = tests.flatMap((test) => failureOf(test, policy) ?? []);
    failed += failures.length;
    lines.push(`${path.basename(file)}: ${tests.length - failures.length} of ${tests.length} pass`);
    lines.push(...failures.map((failure) => `  ${failure}`));
  }
  return { lines, failed };
}

/** Writes a test that holds a decision, as JSON, which is YAML, beside the policy that made it. */
export async function saveTest(file: string, policy: string, test: PolicyTest): Promise<void> {
  const relative = path.relative(path.dirname(file), policy).split(path.sep).join("/");
  await writeFile(file, `${JSON.stringify({ policy: relative, tests: [test] }, null, 2)}\n`);
}
