import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { authenticate, forbidden, isBearer } from "./access.ts";
import { Refusal } from "./call.ts";
import { takeFault, type Fault } from "./faults.ts";
import type { RawAnswer } from "./git-backend.ts";
import { answerGraphql, fieldOf } from "./graphql.ts";
import { gitTask } from "./serve-git.ts";
import { checkHeaders, parseBody, restTask } from "./serve-rest.ts";
import { json, type Task } from "./task.ts";
import type { Seen, World } from "./world.ts";

/** A write that arrived, and whether it is done already. */
type Write = { readonly number: number; readonly operation: string; readonly moment: "before" | "after" };

/** Who is told of each write, in order; the answer `drop` leaves the work undone and the client without an answer. */
export type Watcher = (write: Write) => "drop" | undefined;

export type Service = { readonly world: World; readonly root: string; watcher: Watcher };

/** Takes a request: the fault that is meant for it, the work, the answer. */
export async function serve(service: Service, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(request).catch(() => null);
  // Who went away in the middle of a request is not answered.
  if (body === null) return;
  const task = taskOf(service, request, new URL(request.url ?? "/", "http://forge"), body);
  const fault = takeFault(service.world.faults, task);
  const seen = note(service.world, task, fault);
  if (fault?.kind === "before") await fault.act();
  const isSpared = fault === null || fault.kind === "before" || ("work" in fault && fault.work === "after");
  const answer = isSpared ? await perform(service, task) : hindrance(service.world, fault, task);
  if (answer === "drop") response.destroy();
  else if (answer !== "silence") send(response, seen, answer, fault);
}

function note(world: World, { operation, write, repository, authorization }: Task, fault: Fault | null): Seen {
  const token = /^(?:token|bearer) (.+)$/i.exec(authorization ?? "")?.[1] ?? null;
  const seen: Seen = { operation, write, repository, token, status: null, fault: fault?.kind ?? null };
  world.seen.push(seen);
  return seen;
}

async function perform(service: Service, { write, operation, work }: Task): Promise<RawAnswer | "drop"> {
  const { world } = service;
  world.writes += write ? 1 : 0;
  const number = world.writes;
  const isDropped = (moment: Write["moment"]) => write && service.watcher({ number, operation, moment }) === "drop";
  if (isDropped("before")) return "drop";
  const answer = await work().catch((error: unknown) => failure(world, error));
  return isDropped("after") ? "drop" : answer;
}

/** The answer of a fault that lets nothing be done. */
function hindrance(
  world: World,
  fault: Exclude<Fault, { kind: "before" }>,
  task: Task,
): RawAnswer | "drop" | "silence" {
  switch (fault.kind) {
    case "bad-gateway":
      return badGateway;
    case "hang-up":
    case "cut-short":
      return "drop";
    case "time-out":
      return "silence";
    case "secondary-limit":
      return limited("You have exceeded a secondary rate limit. Please wait a few minutes before you try again.", {
        "retry-after": String(fault.retryAfterSeconds),
      });
    case "primary-limit":
      return limited("API rate limit exceeded for installation ID 1.", {
        "x-ratelimit-limit": "5000",
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": String(Math.ceil(Date.now() / 1000) + fault.resetInSeconds),
      });
    case "expired":
    case "forbidden":
      return tokenFault(world, fault.kind, task);
    case "status":
      return json(new Refusal(fault.status, fault.message).answer);
    default:
      return fault satisfies never;
  }
}

const badGateway = json({ status: 502, body: { message: "Server Error" } });

function tokenFault(world: World, kind: "expired" | "forbidden", { authorization }: Task): RawAnswer {
  const token = world.tokens.find(({ value }) => isBearer(authorization, value));
  if (token === undefined) return json(new Refusal(401, "Bad credentials").answer);
  if (kind === "forbidden") return json(forbidden(token).answer);
  token.expired = true;
  return json(new Refusal(401, "Bad credentials").answer);
}

function limited(message: string, headers: Readonly<Record<string, string>>): RawAnswer {
  return json({ ...new Refusal(403, message).answer, headers });
}

/** Sends an answer, unless the fault loses it on its way. */
function send(response: ServerResponse, seen: Seen, answer: RawAnswer, fault: Fault | null): void {
  seen.status = answer.status;
  const { status, headers, body } = answer;
  if (fault === null || !("work" in fault)) response.writeHead(status, headers).end(body);
  else if (fault.kind === "bad-gateway") response.writeHead(badGateway.status, badGateway.headers).end(badGateway.body);
  else if (fault.kind === "hang-up") response.destroy();
  else if (fault.kind === "cut-short") {
    response.writeHead(status, { ...headers, "content-length": String(body.length + 2) });
    response.write(body.subarray(0, body.length / 2), () => response.destroy());
  }
}

/** What a handler throws on purpose is GitHub's answer; anything else is a fault of the fake. */
function failure(world: World, error: unknown): RawAnswer {
  if (error instanceof Refusal) return json(error.answer);
  world.problems.push(`the fake failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return json({ status: 500, body: { message: "the fake failed" } });
}

function taskOf(service: Service, request: IncomingMessage, url: URL, body: Buffer): Task {
  const { authorization } = request.headers;
  if (url.pathname === "/api/graphql") {
    const parsed = parseBody(body);
    const work = async () => {
      checkHeaders(service.world, request);
      const token = authenticate(service.world, authorization);
      const { problems, ...answer } = await answerGraphql({ world: service.world, token, refusals: [] }, parsed);
      service.world.problems.push(...problems.map((one) => `graphql: ${one}`));
      return json(answer);
    };
    return { ...fieldOf(parsed), repository: "", authorization, work };
  }
  if (url.pathname.startsWith("/api/v3")) return restTask(service.world, request, url, body);
  return gitTask(service, request, url, body);
}
