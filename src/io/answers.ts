import { z } from "zod";
import {
  answerKinds,
  answerSources,
  subjectKey,
  unwithdrawn,
  type Answer,
  type AnswerSubject,
} from "../core/answer.ts";
import type { RepoKey } from "../core/names.ts";
import { stateOfAnswer } from "../core/recall.ts";
import { candidateIdSchema } from "../core/candidate-schema.ts";
import { nextOrdinal, noteOutcome } from "./candidate-rows.ts";
import type { Database } from "./database.ts";
import type { Store } from "./store.ts";

const aboutSchema: z.ZodType<AnswerSubject> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("candidate"), id: candidateIdSchema }),
  z.strictObject({ kind: z.literal("symbol"), file: z.string(), name: z.string() }),
  z.strictObject({ kind: z.literal("rule"), rule: z.string(), path: z.string() }),
  z.strictObject({ kind: z.literal("repository") }),
]);

/**
 * Notes what a person answered; gives whether it was new. What stands already from the same source is noted once, however
 * often it is seen: a label is read every night. A candidate's state follows.
 */
export async function recordAnswer(store: Store, repo: RepoKey, answer: Answer): Promise<boolean> {
  return store.database.transaction().execute((transaction) => noteAnswer(transaction, repo, answer));
}

/** The same inside a transaction of the caller. */
export async function noteAnswer(database: Database, repo: RepoKey, answer: Answer): Promise<boolean> {
  const about = JSON.stringify(answer.about);
  const earlier = (await answersOf(database, repo)).filter((one) => subjectKey(one.about) === subjectKey(answer.about));
  if (isKnown(answer, earlier)) return false;
  const { kind, who, why, until, source, at, url } = answer;
  const ordinal = await nextOrdinal(database, "answer", repo);
  await database
    .insertInto("answer")
    .values({ repo, ordinal, kind, about, who, why, until, source, at, url })
    .execute();
  if (answer.about.kind !== "candidate") return true;
  const { id } = answer.about;
  const last = kind === "withdraw" ? unwithdrawn([...earlier, answer]).at(-1) : answer;
  // What nobody holds back any more is a candidate like any other.
  if (last === undefined) await noteOutcome(database, repo, { id, state: "expired", at, reason: why, url });
  else await noteOutcome(database, repo, { id, state: stateOfAnswer(last), at, reason: last.why, url: last.url });
  return true;
}

/** All answers of a repository in the order in which they were given, withdrawals among them. */
export async function readAnswers(store: Store, repo: RepoKey): Promise<readonly Answer[]> {
  return answersOf(store.database, repo);
}

/** A withdrawal is known when nothing stands that it would take back. */
function isKnown(answer: Answer, earlier: readonly Answer[]): boolean {
  const standing = unwithdrawn(earlier);
  if (answer.kind === "withdraw") return unwithdrawn([...earlier, answer]).length === standing.length;
  if (earlier.some((one) => one.at === answer.at && isSame(one, answer))) return true;
  return standing.some((one) => isSame(one, answer));
}

function isSame(one: Answer, other: Answer): boolean {
  return (["kind", "who", "why", "until", "source", "url"] as const).every((key) => one[key] === other[key]);
}

async function answersOf(database: Database, repo: RepoKey): Promise<readonly Answer[]> {
  const rows = await database.selectFrom("answer").selectAll().where("repo", "=", repo).orderBy("ordinal").execute();
  return rows.map((row) => ({
    kind: z.enum(answerKinds).parse(row.kind),
    about: aboutSchema.parse(JSON.parse(row.about)),
    who: row.who,
    why: row.why,
    until: row.until,
    source: z.enum(answerSources).parse(row.source),
    at: row.at,
    url: row.url,
  }));
}
