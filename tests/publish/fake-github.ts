import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { RestEndpointMethodTypes } from "@octokit/rest";
import { serveGit } from "./git-over-http.ts";
import { git } from "./orchard-repository.ts";

type FakePull = {
  readonly number: number;
  readonly title: string;
  readonly branch: string;
  readonly base: string;
  readonly draft: boolean;
  readonly body: string;
  state: "open" | "closed";
  merged: boolean;
  /** The repository that the branch is in: ours, or a fork. */
  from: string;
  labels: readonly string[];
};

/** What goes wrong with the next request that fits; each happens once. */
export type Fault = {
  readonly method: string;
  readonly path: RegExp;
  readonly kind: "before-work" | "after-work" | "hang-up" | "hang-up-after-work" | "cut-short" | "status" | "wait";
  readonly status?: number;
  readonly message?: string;
};

type CreateField = keyof RestEndpointMethodTypes["pulls"]["create"]["parameters"];
type LabelField = keyof RestEndpointMethodTypes["issues"]["addLabels"]["parameters"];

/** The fields that GitHub takes; its own schema lets misspelt ones pass in silence, this one does not. */
const createFields: readonly string[] = ["title", "head", "base", "body", "draft"] satisfies CreateField[];
const labelFields: readonly string[] = ["labels"] satisfies LabelField[];

type Answer = { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> };

/**
 * A GitHub Enterprise Server on 127.0.0.1 with one repository, `fruit/orchard`: the requests that publishing makes,
 * with their state, and git over HTTP beside it.
 */
export async function startFakeGitHub(options: { readonly root: string; readonly token: string }) {
  const bare = join(options.root, "fruit", "orchard.git");
  const state = {
    pulls: [] as FakePull[],
    faults: [] as Fault[],
    noDrafts: false,
  };
  const rest = async (request: IncomingMessage, url: URL): Promise<Answer> => {
    if (request.headers.authorization !== `token ${options.token}`) return refusal(401, "Bad credentials");
    if (request.headers["x-github-api-version"] !== "2022-11-28") return refusal(400, "no version");
    return respond(
      { state, bare },
      `${request.method ?? ""} ${url.pathname.replace("/api/v3/repos/fruit/orchard", "")}`,
      url,
      await text(request),
    );
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://forge");
    void (url.pathname.startsWith("/api/v3/")
      ? withFault(state.faults, request, response, () => rest(request, url))
      : overGit(options, state.faults, request, response));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    state,
    bare,
    baseUrl: `http://127.0.0.1:${port}/api/v3`,
    branches: () =>
      git(bare, "for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads/nightsweep").split("\n"),
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

type Fake = Awaited<ReturnType<typeof startFakeGitHub>>;
type World = Pick<Fake, "state" | "bare">;

async function overGit(
  options: { readonly root: string; readonly token: string },
  faults: Fault[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const expected = `Basic ${Buffer.from(`x-access-token:${options.token}`).toString("base64")}`;
  const fault = takeFault(faults, request);
  if (fault?.kind === "hang-up") {
    request.socket.destroy();
    return;
  }
  if (fault?.kind === "status" || request.headers.authorization !== expected) {
    response.writeHead(fault?.status ?? 401).end(fault?.message);
    return;
  }
  // The push is done, and its answer is lost.
  if (fault?.kind === "hang-up-after-work") response.end = () => (request.socket.destroy(), response);
  serveGit(options.root, request, response);
  await once(response, "close");
}

async function withFault(
  faults: Fault[],
  request: IncomingMessage,
  response: ServerResponse,
  work: () => Promise<Answer>,
): Promise<void> {
  const fault = takeFault(faults, request);
  const kind = fault?.kind ?? "none";
  const worked = doesWork[kind] ? await work() : null;
  if (kind === "hang-up" || kind === "hang-up-after-work") {
    request.socket.destroy();
    return;
  }
  const { status, body, headers = {} } = (kind === "after-work" ? null : worked) ?? failure(fault);
  const json = JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(kind === "cut-short" ? json.slice(0, json.length / 2) : json);
}

const doesWork = {
  none: true,
  "cut-short": true,
  "after-work": true,
  "hang-up-after-work": true,
  "before-work": false,
  "hang-up": false,
  status: false,
  wait: false,
} as const satisfies Record<Fault["kind"] | "none", boolean>;

function failure(fault: Fault | undefined): Answer {
  if (fault?.kind === "status") return refusal(fault.status ?? 500, fault.message ?? "no");
  if (fault?.kind !== "wait") return refusal(502, "Server Error");
  return { ...refusal(403, "You have exceeded a secondary rate limit"), headers: { "retry-after": "0" } };
}

function takeFault(faults: Fault[], request: IncomingMessage): Fault | undefined {
  const index = faults.findIndex(({ method, path }) => method === request.method && path.test(request.url ?? ""));
  return index === -1 ? undefined : faults.splice(index, 1)[0];
}

function respond(world: World, request: string, url: URL, body: string): Answer {
  if (request === "GET /pulls" || request === "GET /issues") return list(world, url);
  if (request === "POST /pulls") return create(world, fields(body));
  const issue = /^POST \/issues\/(\d+)\/labels$/.exec(request)?.[1];
  if (issue !== undefined) return addLabels(world, Number(issue), fields(body));
  const ref = /^GET \/git\/matching-refs\/(.+)$/.exec(request)?.[1];
  if (ref !== undefined) return matchingRefs(world, decodeURIComponent(ref));
  const commit = /^GET \/git\/commits\/(\w+)$/.exec(request)?.[1];
  if (commit === undefined) return refusal(404, `Not Found: ${request}`);
  const [author, committer] = git(world.bare, "show", "--no-patch", "--format=%ae%n%ce", commit).split("\n");
  return ok({ sha: commit, author: { email: author }, committer: { email: committer } });
}

function fields(json: string): Record<string, unknown> {
  const parsed: unknown = JSON.parse(json);
  return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
}

/** Pull requests are issues too; a listing of issues says of them only whether they were merged. */
function list(world: World, url: URL): Answer {
  const query = (name: string) => url.searchParams.get(name);
  const [state, head, label] = [query("state") ?? "open", query("head"), query("labels")];
  const found = world.state.pulls
    .toReversed()
    .filter(
      (pull) =>
        (state === "all" || pull.state === state) &&
        (head === null || head === `${pull.from.split("/")[0] ?? ""}:${pull.branch}`) &&
        (label === null || pull.labels.includes(label)),
    );
  const issue = { number: 9000, html_url: "https://forge/issue", body: null, labels: [] };
  const refs = refsOf(world);
  const items = url.pathname.endsWith("/issues")
    ? [...found.map((pull) => ({ ...shown(refs, pull), head: null, pull_request: mergedAt(pull) })), issue]
    : found.map((pull) => shown(refs, pull));
  const [page, size] = [Number(query("page") ?? 1), Number(query("per_page") ?? 30)];
  return ok(items.slice((page - 1) * size, page * size));
}

function matchingRefs(world: World, prefix: string): Answer {
  const found = [...refsOf(world)].filter(([name]) => name.startsWith(`refs/${prefix}`));
  return ok(found.map(([ref, sha]) => ({ ref, object: { sha, type: "commit" } })));
}

function create(world: World, body: Record<string, unknown>): Answer {
  const { title, head, base, draft } = body;
  const unknown = Object.keys(body).find((field) => !createFields.includes(field));
  if (unknown !== undefined) return refusal(422, `unknown field ${unknown}`);
  if (typeof title !== "string" || typeof head !== "string" || typeof base !== "string" || title.length > 256)
    return refusal(422, "Validation Failed");
  if (typeof body["body"] !== "string" || body["body"].length > 65_536) return refusal(422, "body is too long");
  if (draft === true && world.state.noDrafts)
    return refusal(422, "Validation Failed", "Draft pull requests are not supported in this repository.");
  if (!refsOf(world).has(`refs/heads/${head}`)) return refusal(422, "Validation Failed: head invalid");
  if (world.state.pulls.some((pull) => pull.branch === head && pull.state === "open"))
    return refusal(422, "Validation Failed", `A pull request already exists for fruit:${head}.`);
  const pull: FakePull = {
    ...{ number: world.state.pulls.length + 1, title, branch: head, base, draft: draft === true, body: body["body"] },
    ...{ state: "open", merged: false, from: "fruit/orchard", labels: [] },
  };
  world.state.pulls.push(pull);
  return { status: 201, body: shown(refsOf(world), pull) };
}

function addLabels({ state }: World, number: number, body: Record<string, unknown>): Answer {
  const unknown = Object.keys(body).find((field) => !labelFields.includes(field));
  const pull = state.pulls.find((one) => one.number === number);
  if (unknown !== undefined || pull === undefined || !Array.isArray(body["labels"]))
    return refusal(422, "Validation Failed");
  pull.labels = [...new Set([...pull.labels, ...body["labels"].map(String)])];
  return ok(pull.labels.map((name) => ({ name })));
}

function shown(refs: ReadonlyMap<string, string>, pull: FakePull): object {
  return {
    number: pull.number,
    html_url: `https://forge/fruit/orchard/pull/${pull.number}`,
    state: pull.state,
    ...mergedAt(pull),
    body: pull.body,
    labels: pull.labels.map((name) => ({ name })),
    head: {
      ref: pull.branch,
      sha: refs.get(`refs/heads/${pull.branch}`) ?? "0".repeat(40),
      repo: { full_name: pull.from },
    },
  };
}

function mergedAt({ merged }: FakePull): object {
  return { merged_at: merged ? "2026-11-20T08:00:00Z" : null };
}

function refsOf({ bare }: World): ReadonlyMap<string, string> {
  const lines = git(bare, "for-each-ref", "--format=%(refname) %(objectname)").split("\n");
  return new Map(lines.map((line) => [line.split(" ")[0] ?? "", line.split(" ")[1] ?? ""]));
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

function refusal(status: number, message: string, error?: string): Answer {
  return { status, body: { message, ...(error === undefined ? {} : { errors: [{ message: error }] }) } };
}
