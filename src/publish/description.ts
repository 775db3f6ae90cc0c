import type { Candidate } from "../core/candidate.ts";
import type { CheckKind, CheckRun, VerifiedBatch, Verification } from "../core/check.ts";
import type { KnipEntryPattern } from "../core/knip-entries.ts";
import type { Marking } from "../core/marking.ts";
import {
  clip,
  codeSpan,
  counted,
  duration,
  escapeMarkdown,
  proseWithCode,
  table,
  wholeItems,
} from "../core/markdown.ts";
import { encodeMetadata, type PullRequestMetadata } from "../core/metadata.ts";
import type { CandidateId } from "../core/names.ts";
import type { AssuranceLevel, Decision } from "../core/policy.ts";
import type { Mask } from "../io/mask.ts";
import { opinionOn, reasonInWords, type ModelWords } from "./model-words.ts";
import { addedEntries, subjectOf } from "./title.ts";

/** GitHub refuses a body of more than 65,536 characters; the rest is room for the mask to lengthen something. */
const longestBody = 64_000;

/** A table that is longer is not read; the details have the rest. */
const mostRows = 20;
const mostEntries = 60;
const longestName = 120;
const longestSentence = 300;

const meaning = {
  suspected: "One analysis says that nothing needs them; something still mentions a name.",
  static:
    "Nothing reaches them from any root, and no text mentions their names. No check of the repository covers this.",
  compiled: "Nothing reaches them from any root, and the code compiles without them. No test covers this.",
  tested:
    "Nothing reaches them from any root, and the repository's own checks pass without them, on exactly this tree.",
  proven:
    "Nothing reaches them from any root, the checks pass without them, and the production bundles are the same bytes.",
} as const satisfies Record<AssuranceLevel, string>;

/** All that a description is made of. */
export type Described = {
  readonly batch: VerifiedBatch;
  readonly candidates: readonly Candidate[];
  readonly decisions: ReadonlyMap<CandidateId, Decision>;
  readonly heard: ModelWords;
  readonly verification: Verification;
  readonly marking: Marking;
  readonly metadata: PullRequestMetadata;
  readonly mask: Mask;
};

/** The description of a pull request: first what a reviewer needs, then the evidence folded, last our hidden metadata. */
export function pullRequestBody(described: Described): string {
  const { batch, candidates, marking, metadata, heard } = described;
  const added = addedEntries(candidates);
  const top = [
    ...(added.length > 0
      ? [whyEntries(candidates), entriesTable(added)]
      : [summary(batch, candidates), ...reasonInWords(heard), whatGoes(batch, candidates), rootsConsidered(marking)]),
    whatRan(described),
    ...whatIsProven(batch),
    ...whatTestsNotice(batch),
    ...whatWasNotTrusted(described.verification, batch),
    whatDidNotRun(described.verification, batch),
    howToAnswer(metadata),
  ].join("\n\n");
  const bottom = footer(described);
  // Encoded text may look like a token by chance, so the mask must not see it.
  const hidden = encodeMetadata(metadata);
  const room = longestBody - top.length - bottom.length - hidden.length - 200;
  const sections = candidates.map((candidate) => evidenceOf(candidate, described));
  const evidence = wholeItems(sections, room, (leftOut) =>
    `\n…and ${counted(leftOut, "more")}, in the record of the night.`.replace("mores", "more"),
  );
  const details = `<details>\n<summary>Evidence for each</summary>\n\n${evidence}\n\n</details>`;
  return `${described.mask([top, details, bottom].join("\n\n"))}\n\n${hidden}\n`;
}

function summary(batch: VerifiedBatch, candidates: readonly Candidate[]): string {
  const { files, linesRemoved, linesAdded } = batch.size;
  const declarations = new Set(candidates.flatMap(({ members }) => members.map(({ file, name }) => `${file}#${name}`)))
    .size;
  const extent = [
    ...(declarations === candidates.length
      ? []
      : [`${counted(declarations, "declaration or file", "declarations and files")} in all`]),
    counted(files, "changed file"),
    `−${linesRemoved}${linesAdded === 0 ? "" : ` +${linesAdded}`} lines`,
  ];
  return `Removes **${subjectOf(candidates)}**: ${extent.join(", ")}. ${meaning[batch.assurance]}`;
}

function whyEntries(candidates: readonly Candidate[]): string {
  const reasons = candidates.flatMap(({ evidence }) => evidence.map(({ text }) => prose(text)));
  return (
    `Deletes nothing. ${reasons.join(". ")}. Strike out what is no entry: then it is garbage, and a later night takes it. ` +
    "With the rest merged, knip and nightsweep know what is alive."
  );
}

function entriesTable(added: readonly KnipEntryPattern[]): string {
  const rows = added
    .slice(0, mostEntries)
    .map(({ workspace, pattern, because, files }) => [
      name(workspace === "" ? "." : workspace),
      name(pattern),
      prose(because),
      String(files),
    ]);
  const more = added.length > mostEntries ? `\n\n…and ${added.length - mostEntries} more, in the change itself.` : "";
  return `${table(["Package", "Entry", "Why it is one", "Files"], rows)}${more}`;
}

function whatGoes(batch: VerifiedBatch, candidates: readonly Candidate[]): string {
  const rows = candidates.slice(0, mostRows).map((candidate) => {
    const { subject, members, evidence, ambiguous, lastTouched } = candidate;
    const cascade = members.length > 1 ? ` and ${members.length - 1} more` : "";
    const touched =
      lastTouched === null
        ? "unknown"
        : `${escapeMarkdown(lastTouched.date.slice(0, 10))} in ${codeSpan(lastTouched.commit.slice(0, 10))}`;
    return [
      `${name(subject.name)}${cascade}`,
      name(`${subject.file}:${subject.line}`),
      prose(evidence[0]?.text ?? "see below"),
      ambiguous.length === 0 ? "nobody" : counted(ambiguous.length, "place"),
      touched,
      batch.assurance,
    ];
  });
  const header = ["What goes", "Where", "Why it is dead", "Who mentions its name", "Last touched", "Assurance"];
  const more = candidates.length > mostRows ? `\n\n…and ${candidates.length - mostRows} more, below.` : "";
  return `${table(header, rows)}${more}`;
}

function rootsConsidered({ roots }: Marking): string {
  const kinds = ["production", "development", "test"] as const;
  const counts = kinds.map((purpose) => `${roots.filter((root) => root.purpose === purpose).length} ${purpose}`);
  return `**Roots considered:** ${counts.join(", ")}. Code that only tests reach counts as dead, and goes with those tests.`;
}

function whatRan({ batch, verification }: Described): string {
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

function whatDidNotRun(verification: Verification, batch: VerifiedBatch): string {
  const ran = new Set(batch.runs.map(({ check }) => check));
  const missing = (["typecheck", "test", "build"] as const).flatMap((kind) =>
    verification.checks.some((check) => check.kind === kind)
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

function howToAnswer({ head }: PullRequestMetadata): string {
  return [
    `**To undo it later:** \`git revert ${head}\`, or the commit that the merge made of it.`,
    "**To say no:** close this pull request: the same code is not proposed again while it stays as it is. " +
      "To say why, for good: put `// nightsweep-keep: reason` above the declaration.",
  ].join("\n\n");
}

function evidenceOf(candidate: Candidate, { decisions, heard }: Described): string {
  const decision = decisions.get(candidate.id);
  const { subject, members, evidence, ambiguous, lastTouched, owners } = candidate;
  const age = candidate.ageDays === null ? "unknown" : counted(candidate.ageDays, "day");
  const facts = [
    ...evidence.map(({ text }) => prose(text)),
    ...ambiguous.map(
      ({ kind, file, line, text }) => `Mentioned in ${name(`${file}:${line}`)} (${kind}): ${name(text)}`,
    ),
    `Visible to: ${candidate.exposure}. Age of its newest line: ${age}.`,
    ...(lastTouched === null
      ? []
      : [
          `Last commit: ${codeSpan(lastTouched.commit.slice(0, 10))} ${escapeMarkdown(clip(lastTouched.subject, longestName))}`,
        ]),
    ...(owners.length === 0 ? [] : [`Owners: ${owners.map(codeSpan).join(", ")}`]),
    ...opinionOn(heard, candidate.id),
    ...(decision === undefined ? [] : [`Policy: rule ${codeSpan(decision.rule)}, ${prose(decision.because)}`]),
  ];
  const going = members.map(
    ({ file, line, endLine, name: member }) => `${name(member)} in ${name(`${file}:${line}`)} to ${endLine}`,
  );
  const list = wholeItems(
    going.map((item) => `  - ${item}`),
    8000,
    (leftOut) => `  - …and ${leftOut} more`,
  );
  return `#### ${name(subject.name)}\n\n${facts.map((fact) => `- ${fact}`).join("\n")}\n- What goes:\n${list}\n`;
}

function footer({ metadata, batch }: Described): string {
  return `<sub>nightsweep, night ${metadata.night}, on base ${codeSpan(metadata.base)}; the tree that was checked is ${codeSpan(batch.tree)}.</sub>`;
}

function name(text: string): string {
  return codeSpan(clip(text, longestName));
}

function prose(text: string): string {
  return proseWithCode(clip(text, longestSentence));
}
