import type { Candidate } from "../core/candidate.ts";
import type { VerifiedBatch } from "../core/check.ts";
import type { KnipEntryPattern } from "../core/knip-entries.ts";
import type { Marking } from "../core/marking.ts";
import { codeSpan, counted, table, wholeItems } from "../core/markdown.ts";
import { encodeMetadata, type PullRequestMetadata } from "../core/metadata.ts";
import type { Mask } from "../io/mask.ts";
import { checksOf, type Checked } from "./description-checks.ts";
import { evidenceOf, whatGoes, type Known } from "./description-evidence.ts";
import { name, prose } from "./description-words.ts";
import { areMerges, groundOf, meaningOf } from "./meaning.ts";
import { reasonInWords } from "./model-words.ts";
import { addedEntries, subjectOf } from "./title.ts";

/** GitHub refuses a body of more than 65,536 characters; the rest is room for the mask to lengthen something. */
const longestBody = 64_000;

const mostEntries = 60;

/** All that a description is made of. */
export type Described = Checked &
  Omit<Known, "assurance"> & {
    readonly candidates: readonly Candidate[];
    readonly marking: Marking;
    readonly metadata: PullRequestMetadata;
    readonly mask: Mask;
  };

/** The description of a pull request: first what a reviewer needs, then the evidence folded, last our hidden metadata. */
export function pullRequestBody(described: Described): string {
  const { batch, candidates, marking, metadata } = described;
  const known = { ...described, assurance: batch.assurance };
  const added = addedEntries(candidates);
  const top = [
    ...(added.length > 0
      ? [whyEntries(candidates), entriesTable(added)]
      : [
          summary(described),
          ...reasonInWords(described.heard),
          whatGoes(candidates, known),
          ...(areMerges(candidates) ? [] : [rootsConsidered(marking)]),
        ]),
    ...checksOf(described),
    howToAnswer(described),
  ].join("\n\n");
  const bottom = footer(described);
  // Encoded text may look like a token by chance, so the mask must not see it.
  const hidden = encodeMetadata(metadata);
  const room = longestBody - top.length - bottom.length - hidden.length - 200;
  const sections = candidates.map((candidate) => evidenceOf(candidate, known));
  const evidence = wholeItems(sections, room, (leftOut) =>
    `\n…and ${counted(leftOut, "more")}, in the record of the night.`.replace("mores", "more"),
  );
  const details = `<details>\n<summary>Evidence for each</summary>\n\n${evidence}\n\n</details>`;
  return `${described.mask([top, details, bottom].join("\n\n"))}\n\n${hidden}\n`;
}

function summary({ batch, candidates, forgeTests }: Described): string {
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
  return `Removes **${subjectOf(candidates)}**: ${extent.join(", ")}. ${forgeTests === null ? meaningOf(batch.assurance, candidates) : untested(batch, candidates)}`;
}

/** What can be said before the tests have run on the forge. */
function untested({ assurance }: VerifiedBatch, candidates: readonly Candidate[]): string {
  if (assurance === "suspected") return meaningOf(assurance, candidates);
  const also = assurance === "static" ? "" : ", and the code compiles without them";
  return `${groundOf(candidates)}${also}. The tests run as the checks of this pull request.`;
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

function rootsConsidered({ roots }: Marking): string {
  const kinds = ["production", "development", "test"] as const;
  const counts = kinds.map((purpose) => `${roots.filter((root) => root.purpose === purpose).length} ${purpose}`);
  return `**Roots considered:** ${counts.join(", ")}. Code that only tests reach counts as dead, and goes with those tests.`;
}

function howToAnswer({ candidates, history }: Described): string {
  const each = candidates.length === 1 ? "" : " Each is a commit of its own and can be brought back alone.";
  const closing = "close this pull request: the same code is not proposed again while it stays as it is.";
  const words =
    history === null
      ? ""
      : " The label `nightsweep:keep` or the comment `/nightsweep keep <reason>` says the same with a reason, `/nightsweep snooze 30d` puts it off, `/nightsweep why <symbol>` asks for more, `/nightsweep retry` makes it anew.";
  return [
    `**To say no:** ${closing}${words} To keep it for good, put \`// nightsweep-keep: reason\` above the declaration. A branch that you push to is yours: nightsweep leaves it alone from then on.`,
    `**To undo it later:** revert the merge.${each} \`nightsweep undo <id>\` prepares that, with an id from the evidence below.`,
  ].join("\n\n");
}

function footer({ metadata, batch }: Described): string {
  return `<sub>nightsweep, night ${metadata.night}, on base ${codeSpan(metadata.base)}; the tree that was checked is ${codeSpan(batch.tree)}.</sub>`;
}
