import path from "node:path";
import { NightsweepError } from "./core/errors.ts";
import type { RepoKey } from "./core/names.ts";
import type { PageRequest } from "./io/page-request.ts";
import { readPolicyText, savePolicy, withDraft } from "./io/policy-draft.ts";
import { readPolicy } from "./io/policy-file.ts";
import type { Answer } from "./io/serve.ts";
import { printEffectivePolicy } from "./policy-tools.ts";
import { renderPolicyPage, type Visitor } from "./report/site/desk-pages.ts";
import { problemOf, type ServeDesk } from "./serve-desk.ts";
import { simulatePolicy } from "./simulate-policy.ts";

/** A preview looks at so many nights. */
const nightsBack = 14;

type Try = { readonly preview: readonly string[] | null; readonly problem: string | null; readonly saved: boolean };

/** The policy in force for a repository; what the operator's would do if it were another; and, with a token, its saving. */
export async function policyPage(
  desk: ServeDesk,
  { repo }: { readonly repo: RepoKey },
  { visitor, request }: { readonly visitor: Visitor; readonly request: PageRequest },
): Promise<Answer> {
  const { config, session, named } = desk;
  const file = path.resolve(config.directory, config.policy);
  const saved = await readPolicyText(file);
  const draft = { text: request.form.get("text") ?? saved.text, base: request.form.get("base") ?? saved.base };
  const tried = request.method === "GET" ? nothingTried : await tryDraft(desk, { file, draft, visitor, request });
  const about = {
    ...{ repo, file: config.policy, ...tried, ...draft },
    effective: await printEffectivePolicy(session, { location: repo, config: named }).catch((error: unknown) => [
      problemOf(error),
    ]),
    base: tried.saved ? (await readPolicyText(file)).base : draft.base,
  };
  return { type: "html", text: renderPolicyPage(visitor, about) };
}

const nothingTried: Try = { preview: null, problem: null, saved: false };

/** A text that is no policy says so with the place of each mistake, and is neither tried nor saved. */
async function tryDraft(
  { session, named }: ServeDesk,
  wish: {
    readonly file: string;
    readonly draft: { readonly text: string; readonly base: string };
    readonly visitor: Visitor;
    readonly request: PageRequest;
  },
): Promise<Try> {
  const { file, draft, visitor, request } = wish;
  // A textarea sends the line ends of the network.
  const text = draft.text.replace(/\r\n/g, "\n");
  const mistakes = await withDraft(file, text, (copy) => readPolicy(copy).then(() => null, problemOf));
  if (mistakes !== null) return { ...nothingTried, problem: mistakes };
  if (request.form.get("do") === "save" && visitor.kind === "known") {
    const isSaved = await savePolicy(file, { text, base: draft.base });
    return isSaved
      ? { ...nothingTried, saved: true }
      : { ...nothingTried, problem: "The file has changed since: open this page again." };
  }
  const preview = await withDraft(file, text, (copy) =>
    simulatePolicy(session, { policy: copy, last: nightsBack, config: named }),
  ).catch((error: unknown) => {
    if (error instanceof NightsweepError && error.code === "NOT_FOUND") return ["No night is recorded yet."];
    throw error;
  });
  return { ...nothingTried, preview };
}
