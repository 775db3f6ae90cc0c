import type { CheckedOut } from "./checkout/check-out.ts";
import type { Candidate } from "./core/candidate.ts";
import type { CandidateId } from "./core/names.ts";
import { objections, opinionAnswerSchema, type Opinion } from "./core/opinion.ts";
import { principlesAbout, type Principle } from "./core/principles.ts";
import type { StageOutputs } from "./core/stage.ts";
import type { Model } from "./io/ask-model.ts";
import { branchMentions, fileHistory } from "./io/git-mentions.ts";
import { readPrompt } from "./io/prompt-file.ts";
import { readTreeText } from "./io/read-tree.ts";
import { deletionMaterial, type Piece } from "./model/deletion-material.ts";
import { resolveOpinion } from "./model/resolve-opinion.ts";
import { isProposed } from "./settle.ts";

type Decisions = StageOutputs["decide"]["decisions"];

/** What is known of the repository that a model may be shown. */
export type Grounds = {
  readonly checkedOut: Pick<CheckedOut, "directory" | "mirror" | "files" | "record">;
  readonly candidates: readonly Candidate[];
  /** Candidates that stand in a pull request already: those were asked about when it was opened. */
  readonly spared: ReadonlySet<CandidateId>;
  /** What owners want of their code. */
  readonly principles: readonly Principle[];
  readonly now: Date;
  readonly signal: AbortSignal;
};

/** Decisions as a second opinion leaves them. */
export type Reviewed = Pick<StageOutputs["decide"], "decisions" | "opinions" | "model">;

const mostAnswerTokens = 2000;
/** So many questions are on their way at once. */
const atOnce = 4;
const mostMembers = 6;
const linesAbove = 8;
const mostMentions = 6;
const yearMs = 366 * 86_400_000;

/**
 * Asks a model about everything that is to be proposed, and lowers what it objects to, with a reason that stands in the
 * repository, to a report. Nothing else changes: what it says of the rest, and whatever goes wrong, leaves the decisions
 * as they are. Without a model nobody is asked.
 */
export async function reviewDecisions(decisions: Decisions, model: Model | null, grounds: Grounds): Promise<Reviewed> {
  if (model === null) return { decisions };
  const wanted = new Set(decisions.filter(isProposed).map(({ id }) => id));
  const asked = grounds.candidates.filter(({ id }) => wanted.has(id) && !grounds.spared.has(id));
  const documents = readDocuments(grounds.checkedOut);
  const opinions = new Map<CandidateId, Opinion>();
  const pending = [...asked];
  const work = async (): Promise<void> => {
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
      const opinion = await askAbout(next, model, { ...grounds, documents });
      if (opinion !== null) opinions.set(next.id, opinion);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, pending.length) }, work));
  return {
    decisions: decisions.map((decision) => heed(decision, opinions.get(decision.id))),
    opinions: asked.flatMap(({ id }) => opinions.get(id) ?? []),
    model: model.use(),
  };
}

/** An objection lowers what would be proposed to a report. */
function heed(decision: Decisions[number], opinion: Opinion | undefined): Decisions[number] {
  if (opinion === undefined || opinion.verdict === "no-objection" || !isProposed(decision)) return decision;
  return { id: decision.id, action: "report", rule: "model", because: objectionInWords(opinion) };
}

/** What a model objects, with what it rests on. */
export function objectionInWords({ model, verdict, reason, citations }: Opinion): string {
  const ours = verdict === "no-objection" ? "" : objections[verdict];
  const cited = citations.map(({ place, quote }) => `${place}: "${quote}"`).join("; ");
  const said = reason === ours ? ours : `${ours} (${reason.replace(/\.$/, "")})`;
  return `${said}, says ${model}, citing ${cited}`;
}

type Shown = Grounds & { readonly documents: Documents };

async function askAbout(candidate: Candidate, model: Model, shown: Shown): Promise<Opinion | null> {
  const material = deletionMaterial(candidate, await gather(candidate, shown));
  const question = {
    ...({ purpose: "second-opinion", about: candidate.id, material, mostAnswerTokens } as const),
    prompt: readPrompt("second-opinion"),
    schema: opinionAnswerSchema,
  };
  const asked = await model.ask(question, shown.signal);
  if (asked.kind === "unanswered") return null;
  return resolveOpinion(asked.answer, asked.given, { id: candidate.id, model: model.name });
}

/** What tells most comes first: the code, who else mentions it, then its history. */
async function gather(candidate: Candidate, shown: Shown): Promise<readonly Piece[]> {
  const { checkedOut, now, signal } = shown;
  const { directory, mirror, record } = checkedOut;
  const { commit } = record.base;
  const { subject } = candidate;
  const name = bareName(candidate);
  const since = new Date(now.getTime() - yearMs).toISOString();
  const branches = isTelling(name) ? await branchMentions({ mirror, base: commit, name, since, signal }) : [];
  const history = await fileHistory(mirror, commit, subject.file, signal);
  const wanted = principlesAbout(shown.principles, subject.file);
  return [
    ...codeOf(candidate, directory),
    ...wanted.map(({ id, words }): Piece => ({
      kind: "principle",
      place: `the principle ${id}`,
      line: null,
      text: words,
    })),
    ...mentionsOf(candidate, shown, name),
    ...branches.map(({ branch, text }): Piece => ({ kind: "branch", place: branch, line: null, text })),
    ...(history === "" ? [] : [{ kind: "history", place: subject.file, line: null, text: history } as const]),
  ];
}

/** Each member with the lines above it, where its comment and its decorators stand. */
export function codeOf({ members }: Pick<Candidate, "members">, directory: string): readonly Piece[] {
  return members.slice(0, mostMembers).flatMap(({ file, line, endLine }): readonly Piece[] => {
    const text = readTreeText(directory, file);
    if (text === null) return [];
    const first = Math.max(1, line - linesAbove);
    const lines = text.split("\n").slice(first - 1, endLine);
    return [{ kind: "code", place: file, line: first, text: lines.join("\n") }];
  });
}

/** Texts that people wrote for people. */
type Documents = readonly { readonly file: string; readonly lines: readonly string[] }[];

const mostDocuments = 400;

function readDocuments({ files, directory }: Grounds["checkedOut"]): Documents {
  return files
    .filter((file) => /\.(?:mdx?|txt|rst|adoc)$/i.test(file))
    .slice(0, mostDocuments)
    .flatMap((file) => {
      const text = readTreeText(directory, file);
      return text === null ? [] : [{ file, lines: text.split("\n") }];
    });
}

/** What stands where the name is mentioned; the words by which we tell of it are ours and no text of the repository. */
function mentionsOf({ ambiguous }: Candidate, { documents, checkedOut }: Shown, name: string): readonly Piece[] {
  const known = ambiguous.slice(0, mostMentions).flatMap(({ file, line }): readonly Piece[] => {
    const lines = readTreeText(checkedOut.directory, file)?.split("\n") ?? [];
    const first = Math.max(1, line - 1);
    const text = lines.slice(first - 1, line + 1).join("\n");
    return text.trim() === "" ? [] : [{ kind: "mention", place: file, line: first, text }];
  });
  if (!isTelling(name)) return known;
  const word = new RegExp(`(?<![\\w$])${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\w$])`);
  const found = documents.flatMap(({ file, lines }) =>
    lines.flatMap((text, index): readonly Piece[] => {
      if (!word.test(text)) return [];
      const around = lines.slice(Math.max(0, index - 1), index + 2).join("\n");
      return [{ kind: "mention", place: file, line: Math.max(1, index), text: around }];
    }),
  );
  return [...known, ...found.slice(0, mostMentions)];
}

/** A member by its own name, a file by what importers call it. */
function bareName({ category, subject: { name, file } }: Candidate): string {
  if (category === "unused-file" || name === file) return file.replace(/^.*\//, "").replace(/\.\w+$/, "");
  return name.slice(name.lastIndexOf(".") + 1);
}

/** A shorter name, or one that every folder has, is mentioned everywhere. */
function isTelling(name: string): boolean {
  return name.length >= 4 && !["index", "main", "types", "utils", "default"].includes(name);
}
