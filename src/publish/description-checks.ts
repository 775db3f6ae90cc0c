import type { CheckKind, CheckRun, ForgeTests, VerifiedBatch, Verification } from "../core/check.ts";
import { clip, codeSpan, counted, duration, table } from "../core/markdown.ts";
import { longestName, name, prose } from "./description-words.ts";

/** What the checks of a batch were, before and after; `forgeTests`: the tests are left to the forge. */
export type Checked = {
  readonly batch: VerifiedBatch;
  readonly verification: Verification;
  readonly forgeTests: ForgeTests | null;
};

/** What ran, what it proves, and what did not run. */
export function checksOf({ batch, verification, forgeTests }: Checked): readonly string[] {
  return [
    whatRan(batch, verification),
    ...whatIsProven(batch),
    ...whatTestsNotice(batch),
    ...whatWasNotTrusted(verification, batch),
    ...whatRunsThere(forgeTests),
    whatDidNotRun(verification, batch, forgeTests),
  ];
}

function whatRan(batch: VerifiedBatch, verification: Verification): string {
  if (batch.runs.length === 0) return "**What ran:** nothing.";
  const before = new Map(verification.baseline.runs.map((run) => [run.check, run]));
  const rows = batch.runs.map((run) => [codeSpan(run.check), resultOf(before.get(run.check)), resultOf(run)]);
  return `**What ran**, in a clean work tree:\n\n${table(["Check", "Before", "After"], rows)}`;
}

/** Nothing is said of a proof that was not tried. */
function whatIsProven({ proof }: VerifiedBatch): readonly string[] {
  if (proof === undefined) return [];
  const { bundles, declarations, entries, because } = proof;
  const why = because === null ? "" : `: ${prose(because)}`;
  if (bundles !== "same") return [`**Proof of the product:** none${why}.`];
  const types = { same: "so are the public types", none: "no public types are offered" };
  const offer =
    declarations === "same" || declarations === "none" ? types[declarations] : `the types are not shown to be${why}`;
  return [
    `**Proof of the product:** the bundles of ${counted(entries, "production entry", "production entries")} are the same bytes, ${offer}.`,
  ];
}

/** Green tests prove something only where they can become red. */
function whatTestsNotice({ canary }: VerifiedBatch): readonly string[] {
  if (canary === undefined) return [];
  const place = `${name(canary.name)} in ${name(canary.file)}`;
  const answer =
    canary.noticedBy === null
      ? "and no test noticed: green tests say little about this place"
      : `and ${codeSpan(clip(canary.noticedBy, longestName))} noticed`;
  return [`**Do the tests look here?** On a tree of its own we broke the live ${place}, ${answer}.`];
}

/** Tests that were red or flaky on the base prove nothing, and a reviewer has to know that they are there. */
function whatWasNotTrusted({ quarantine = [] }: Verification, { runs }: VerifiedBatch): readonly string[] {
  const ran = new Set(runs.map(({ check }) => check));
  const told = quarantine.filter(({ check }) => ran.has(check));
  if (told.length === 0) return [];
  const names = (because: "red-before" | "flaky") => told.filter((one) => one.because === because);
  const kinds = [
    ...(names("red-before").length === 0
      ? []
      : [`${counted(names("red-before").length, "test")} red before, not counted`]),
    ...(names("flaky").length === 0 ? [] : [`${counted(names("flaky").length, "test")} flaky, run again when red`]),
  ];
  const shown = told.slice(0, 5).map(({ test, check }) => codeSpan(clip(test ?? check, longestName)));
  return [
    `**Tests that prove nothing here:** ${kinds.join("; ")}: ${shown.join(", ")}${told.length > 5 ? ", …" : ""}.`,
  ];
}

function resultOf(run: CheckRun | undefined): string {
  if (run === undefined) return "not run";
  const { tests, ms } = run;
  const result = run.result.replaceAll("-", " ");
  if (tests === null) return `${result}, in ${duration(ms)}`;
  const others = (["failed", "skipped"] as const).flatMap((kind) =>
    tests[kind] === 0 ? [] : [`, ${tests[kind]} ${kind}`],
  );
  const counts = `${counted(tests.passed, "test")} passed${others.join("")}`;
  return `${run.result === "passed" ? counts : `${result}: ${counts}`}, in ${duration(ms)}`;
}

const kindNames = { typecheck: "type check", test: "tests", build: "build" } as const satisfies Record<
  CheckKind,
  string
>;

function whatRunsThere(forgeTests: ForgeTests | null): readonly string[] {
  if (forgeTests === null) return [];
  const named = forgeTests.checks.slice(0, 5).map((check) => codeSpan(clip(check, longestName)));
  const which = named.length === 0 ? "the checks of this pull request" : `${named.join(", ")} on this pull request`;
  return [
    `**The tests run here, on GitHub:** they cannot run where nightsweep works, so ${which} ${named.length === 1 ? "is" : "are"} the test run. ` +
      "It stays a draft until that is green; where it is red, what it accuses is dropped, or half of it, once, and then it is closed.",
  ];
}

function whatDidNotRun(verification: Verification, batch: VerifiedBatch, forgeTests: ForgeTests | null): string {
  const ran = new Set(batch.runs.map(({ check }) => check));
  const missing = (["typecheck", "test", "build"] as const).flatMap((kind) =>
    verification.checks.some((check) => check.kind === kind) || (kind === "test" && forgeTests !== null)
      ? []
      : [`${kindNames[kind]} (the repository defines none)`],
  );
  const left = verification.checks.flatMap((check) => {
    if (ran.has(check.name)) return [];
    const before = verification.baseline.runs.find((run) => run.check === check.name);
    const why =
      before !== undefined && before.result !== "passed" ? "it does not pass without this change either" : "left out";
    return [`${codeSpan(check.name)} (${why})`];
  });
  const all = [...missing, ...left];
  return `**What did not run:** ${all.length === 0 ? "nothing was left out of the checks that were found" : all.join(", ")}. Linters and deployments are not run.`;
}
