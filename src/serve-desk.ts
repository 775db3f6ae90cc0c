import { answerChoice, findPullRequest } from "./answer-choice.ts";
import { answerInWords, isOver, subjectKey, unwithdrawn } from "./core/answer.ts";
import { toErrorRecord } from "./core/errors.ts";
import type { RepoKey } from "./core/names.ts";
import { decodeChoice, encodeChoice, type SlackChoice } from "./core/slack-choice.ts";
import { findRecorded } from "./find-recorded.ts";
import { readAnswers } from "./io/answers.ts";
import type { LoadedConfig } from "./io/config-file.ts";
import type { PageRequest } from "./io/page-request.ts";
import type { Answer, Route } from "./io/serve.ts";
import { createDoor, shortestToken, type Door } from "./io/sign-in.ts";
import type { Store } from "./io/store.ts";
import {
  labelOf,
  renderPullRequest,
  renderRepositoryDesk,
  renderSignIn,
  type Visitor,
} from "./report/site/desk-pages.ts";
import type { Session } from "./session.ts";
import { policyPage } from "./serve-policy.ts";

/** The server of a configuration, and the process that it runs in. */
export type ServeDesk = {
  readonly session: Session;
  readonly config: LoadedConfig;
  /** The file that was named with --config. */
  readonly named: string | undefined;
  readonly store: Store;
};

const tokenName = "NIGHTSWEEP_SERVE_TOKEN";
const cookieName = "nightsweep";

/**
 * The pages on which people decide. Without NIGHTSWEEP_SERVE_TOKEN they only read; with it, whoever knows the token signs in
 * with a name, and each form carries a seal of that session besides coming from a page of ours.
 */
export function createServeDesk(desk: ServeDesk): Route {
  const door = openDoor(desk.session);
  return async (request) => {
    if (request.pathname === "/sign-in") return signIn(door, request);
    const asked = placeOf(desk, request);
    if (asked === null) return null;
    const visitor = visitorOf(door, request);
    if (request.method === "POST" && !mayPost(visitor, asked.name, request)) return forbidden;
    return asked.page(desk, asked.place, { visitor, request });
  };
}

/** The page of `/name/repository` or `/name/repository/number`; null for what is none. */
function placeOf({ config }: ServeDesk, { pathname }: PageRequest) {
  const [, name = "", repo = "", number = "", ...rest] = pathname.split("/");
  const page = pages.get(name);
  const key = config.repositories.find((one) => one.key === decoded(repo))?.key;
  if (page === undefined || key === undefined || rest.length > 0) return null;
  return { name, page, place: { repo: key, number: Number(number) } };
}

/** null: nobody can sign in. */
function openDoor({ environment, terminal }: Session): Door | null {
  const token = environment[tokenName] ?? "";
  if (token.length >= shortestToken) return createDoor(token);
  if (token !== "")
    terminal.complain(`warning: ${tokenName} is shorter than ${shortestToken} characters, so it opens nothing`);
  return null;
}

type Place = { readonly repo: RepoKey; readonly number: number };

type DeskPage = (desk: ServeDesk, place: Place, visit: Visit) => Promise<Answer | null>;

const pages: ReadonlyMap<string, DeskPage> = new Map<string, DeskPage>([
  ["policy", policyPage],
  ["repository", repositoryDesk],
  ["pull-request", pullRequestDesk],
]);

const forbidden = { status: 403, type: "text", text: "sign in first\n" } as const satisfies Answer;

/** A preview of a policy changes nothing; whatever else is sent needs the seal of the session. */
function mayPost(visitor: Visitor, page: string, { form }: PageRequest): boolean {
  if (visitor.kind === "known") return form.get("seal") === visitor.seal;
  return page === "policy" && form.get("do") === "preview";
}

function visitorOf(door: Door | null, { cookies }: PageRequest): Visitor {
  const known = door?.find(cookies.get(cookieName)) ?? null;
  return known === null ? { kind: "reader", canSignIn: door !== null } : { kind: "known", ...known };
}

function signIn(door: Door | null, { method, form }: PageRequest): Answer | null {
  if (door === null) return null;
  if (method === "GET") return { type: "html", text: renderSignIn(null) };
  const name = (form.get("name") ?? "").trim().slice(0, 80);
  const cookie = name === "" ? null : door.enter(name, form.get("token") ?? "");
  if (cookie === null) return { status: 403, type: "html", text: renderSignIn("That is not the token.") };
  return goTo("/", { "set-cookie": `${cookieName}=${cookie}; HttpOnly; SameSite=Strict; Path=/` });
}

async function repositoryDesk(desk: ServeDesk, { repo }: Place, { visitor, request }: Visit): Promise<Answer> {
  if (request.method === "POST") return take(desk, repo, { visitor, request });
  const isPaused = (await standing(desk, repo)).some(({ about }) => about.kind === "repository");
  const choices = [...(isPaused ? (["resume"] as const) : (["pause"] as const)), "retry" as const].map((kind) =>
    choiceOf({ kind, repo, number: null }),
  );
  const answers = (await standing(desk, repo)).map(
    (answer) => `${"id" in answer.about ? answer.about.id : subjectKey(answer.about)}: ${answerInWords(answer)}`,
  );
  return { type: "html", text: renderRepositoryDesk(visitor, { repo, answers: answers.slice(-100), choices }) };
}

async function pullRequestDesk(
  desk: ServeDesk,
  { repo, number }: Place,
  { visitor, request }: Visit,
): Promise<Answer | null> {
  const pullRequest = Number.isInteger(number) ? await findPullRequest(desk.store, repo, number) : null;
  if (pullRequest === null) return null;
  if (request.method === "POST") return take(desk, repo, { visitor, request });
  const ids = new Set<string>(pullRequest.candidates);
  const answers = (await standing(desk, repo)).filter(({ about }) => about.kind === "candidate" && ids.has(about.id));
  const kinds = answers.length === 0 ? (["keep", "snooze"] as const) : (["undo"] as const);
  const about = {
    ...{ repo, number, url: pullRequest.url, state: pullRequest.state },
    candidates: await findRecorded(desk.config.reportsDirectory, repo, ids),
    answers: [...new Set(answers.map(answerInWords))],
    choices: kinds.map((kind) => choiceOf({ kind, repo, number })),
  };
  return { type: "html", text: renderPullRequest(visitor, about) };
}

type Visit = { readonly visitor: Visitor; readonly request: PageRequest };

function choiceOf(choice: SlackChoice): readonly [label: string, value: string, needsReason: boolean] {
  return [labelOf(choice.kind), encodeChoice(choice) ?? "", choice.kind === "keep"];
}

async function standing({ store, session }: ServeDesk, repo: RepoKey) {
  const now = session.now().toISOString();
  return unwithdrawn(await readAnswers(store, repo)).filter((answer) => !isOver(answer, now));
}

/** Notes an answer and shows the page again, so that a reload sends nothing twice. */
async function take({ store, session }: ServeDesk, repo: RepoKey, { visitor, request }: Visit): Promise<Answer> {
  const choice = decodeChoice(request.form.get("choice") ?? "");
  if (visitor.kind !== "known" || choice === null || choice.repo !== repo) return forbidden;
  const why = (request.form.get("why") ?? "").trim().slice(0, 500);
  if (choice.kind === "keep" && why === "") return { status: 400, type: "text", text: "say why it is needed\n" };
  const wish = {
    choice,
    who: visitor.name,
    why: why === "" ? null : why,
    source: "command",
    now: session.now(),
  } as const;
  const { isDone, said } = await answerChoice(store, wish);
  return isDone ? goTo(request.pathname, {}) : { status: 409, type: "text", text: `${said}\n` };
}

function goTo(place: string, headers: Readonly<Record<string, string>>): Answer {
  return { status: 303, type: "text", text: "", headers: { ...headers, location: place } };
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

/** What is wrong, in words for a page. */
export function problemOf(error: unknown): string {
  const { message, advice, detail } = toErrorRecord(error);
  return [message, detail, advice].filter((part) => part !== undefined).join("\n");
}
