import type { IncomingMessage } from "node:http";
import { authenticate, authenticateApp, authorize, needs } from "./access.ts";
import { Refusal, type Answer } from "./call.ts";
import { completeResponse, matchOperation, requestProblems, responseProblems, type Matched } from "./description.ts";
import type { RawAnswer } from "./git-backend.ts";
import { appHandlers } from "./rest-apps.ts";
import { gitHandlers } from "./rest-git.ts";
import { issueHandlers } from "./rest-issues.ts";
import { pullHandlers } from "./rest-pulls.ts";
import { repositoryHandlers } from "./rest-repos.ts";
import { json, type Task } from "./task.ts";
import { findRepository, type FakeRepository, type World } from "./world.ts";

const handlers = { ...gitHandlers, ...issueHandlers, ...pullHandlers, ...repositoryHandlers };

/** A request of the REST interface. */
export function restTask(world: World, request: IncomingMessage, url: URL, raw: Buffer): Task {
  const method = request.method ?? "GET";
  const path = url.pathname.replace(/^\/api\/v3/, "");
  const matched = matchOperation(method, path === "" ? "/" : path);
  const operation = matched?.operation ?? "unknown";
  const write = method !== "GET" && matched?.operation !== "apps/create-installation-access-token";
  const repository = `${matched?.path["owner"] ?? ""}/${matched?.path["repo"] ?? ""}`;
  const { authorization } = request.headers;
  const work = async (): Promise<RawAnswer> => {
    if (matched === null) throw new Error(`${method} ${path} is no operation that the fake knows (operations.ts)`);
    checkHeaders(world, request);
    const query = Object.fromEntries(url.searchParams);
    const body = parseBody(raw);
    const wrong = requestProblems(matched, query, body);
    world.problems.push(...wrong.map((one) => `${operation} was asked wrongly: ${one}`));
    if (wrong.length > 0) throw new Refusal(422, "Invalid request.", { errors: wrong });
    const answer = await answerRest(world, matched, { query, body, authorization });
    const { status, headers } = answer;
    const whole = completeResponse(matched.operation, status, answer.body);
    const bad = status < 400 && status !== 301 ? responseProblems(matched.operation, status, whole) : [];
    world.problems.push(...bad.map((one) => `${operation} was answered wrongly: ${one}`));
    return json(
      bad.length > 0
        ? { status: 500, body: { message: "the fake failed" } }
        : { status, body: whole, ...(headers === undefined ? {} : { headers }) },
    );
  };
  return { operation, write, repository, authorization, work };
}

type RestRequest = {
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly authorization: string | undefined;
};

async function answerRest(world: World, { operation, path }: Matched, request: RestRequest): Promise<Answer> {
  const { query, body, authorization } = request;
  const need = needs[operation];
  if (need.kind === "app") authenticateApp(world, authorization);
  const token = need.kind === "app" ? null : authenticate(world, authorization);
  const ofApp = appHandlers[operation];
  if (ofApp !== undefined) return ofApp({ world, token, path, query, body });
  const classic = token?.kind === "classic" ? { "x-oauth-scopes": "repo, workflow" } : {};
  const handler = handlers[operation];
  if (handler === undefined || token === null) throw new Error(`the fake has no handler for ${operation}`);
  const repository = admitted(world, path);
  if ("status" in repository) return repository;
  authorize(token, repository, need);
  const answer = await handler({ world, token, path, query, body, repository });
  return { ...answer, headers: { ...classic, ...answer.headers } };
}

/** The repository, or what GitHub answers for one that has moved. */
function admitted(world: World, path: Matched["path"]): FakeRepository | Answer {
  const repository = findRepository(world, path["owner"] ?? "", path["repo"] ?? "");
  if (repository === undefined) throw new Refusal(404, "Not Found");
  if (repository.disabled) throw new Refusal(403, "Repository access blocked");
  if (repository.movedTo === null) return repository;
  const location = `${world.url()}/api/v3/repositories/1`;
  return { status: 301, body: { message: "Moved Permanently", url: location }, headers: { location } };
}

/** GitHub refuses requests without a user agent; the version is pinned, so that a new one changes nothing unseen. */
export function checkHeaders(world: World, { headers }: IncomingMessage): void {
  if (headers["x-github-api-version"] !== "2022-11-28") world.problems.push("a request without the pinned API version");
  if ((headers["user-agent"] ?? "") === "") world.problems.push("a request without a user agent");
}

export function parseBody(raw: Buffer): unknown {
  if (raw.length === 0) return undefined;
  try {
    return JSON.parse(raw.toString("utf8"));
  } catch {
    throw new Refusal(400, "Problems parsing JSON");
  }
}
