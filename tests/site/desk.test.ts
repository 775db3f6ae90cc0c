import { mkdir, readFile, writeFile } from "node:fs/promises";
import { request as ask } from "node:http";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { configSchema } from "../../src/core/config.ts";
import { nightId } from "../../src/core/names.ts";
import { readAnswers } from "../../src/io/answers.ts";
import { writeRecord } from "../../src/io/records.ts";
import { recordPullRequests } from "../../src/io/remembered-pull-requests.ts";
import { serve, type Serving } from "../../src/io/serve.ts";
import { beginNight, openStore, type Store } from "../../src/io/store.ts";
import { createServeDesk } from "../../src/serve-desk.ts";
import { temporaryFolder } from "../command-line.ts";
import { sweptRepo } from "../report/orchard-night.ts";

const night = nightId("2026-11-24");
const orchard = sweptRepo.repo;
const [outcome] = sweptRepo.stages.publish.outcomes;
const token = "a token that nobody guesses";
const pullRequest = `/pull-request/${orchard}/7`;
const policy = "version: 1\nname: trial\ndefaultAction: report\nrules: []\n";

let folder = "";
let remove = (): Promise<void> => Promise.resolve();
let store: Store;
let serving: Serving;
beforeAll(async () => {
  ({ path: folder, remove } = await temporaryFolder());
  await mkdir(path.join(folder, "policies"));
  await writeFile(path.join(folder, "policies", "trial.yaml"), policy);
  await writeFile(
    path.join(folder, "daemon.config.ts"),
    'export default { repositories: [{ location: "fruit/orchard" }], policy: "policies/trial.yaml" };',
  );
  store = await openStore(path.join(folder, "state"));
  await beginNight(store, {
    ...{ day: night, now: "2026-11-24T01:00:00Z", dryRun: false, configHash: "x" },
    repos: [{ repo: orchard, location: "fruit/orchard" }],
  });
  const { branch, url, candidates } = outcome;
  const opened = { branch, url, candidates, number: 7, state: "open", head: "a" } as const;
  await recordPullRequests(store, { night, repo: orchard, pullRequests: [opened] });
  const reports = { directory: path.join(folder, "reports"), mask: (text: string) => text };
  const output = sweptRepo.stages.find;
  await writeRecord(reports, { format: 1, night, repo: orchard, stage: "find", startedAt: "x", ms: 5, output });
  serving = await start({ NIGHTSWEEP_SERVE_TOKEN: token });
});
afterAll(async () => {
  await serving[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
  await remove();
});

test("whoever has the token answers under a name, once per form, and the ledger knows", async () => {
  const cookie = await signIn();
  const page = await get(pullRequest, { cookie });
  expect(page.text).toContain("Answer as Ana");
  expect(page.text).toContain("No root reaches <code>ripen</code>.");
  const [seal, choice] = [valueOf(page.text, "seal"), valueOf(page.text, "choice")];
  expect((await post(pullRequest, { seal, choice, why: "The app calls it" }, { cookie })).status).toBe(303);
  expect(await answers()).toEqual(outcome.candidates.map((id) => `keep ${id} Ana: The app calls it`));
  expect((await get(pullRequest, { cookie })).text).toContain("Ana keeps it: The app calls it");
});

const refused: readonly (readonly [string, string, Record<string, string>, Record<string, string>, number])[] = [
  ["without a session", pullRequest, { choice: `snooze|${orchard}|7` }, {}, 403],
  [
    "with a cookie of nobody",
    pullRequest,
    { choice: `snooze|${orchard}|7`, seal: "x" },
    { cookie: "nightsweep=x" },
    403,
  ],
  ["from another site", pullRequest, { choice: `snooze|${orchard}|7` }, { origin: "https://evil.example" }, 403],
  ["from a page that says nothing of itself", pullRequest, {}, { origin: "" }, 403],
  ["from a frame of another site", pullRequest, {}, { "sec-fetch-site": "cross-site" }, 403],
  ["as another kind of form", pullRequest, {}, { "content-type": "text/plain" }, 413],
  ["under another name of the machine", pullRequest, {}, { host: "evil.example" }, 421],
  ["with another token", "/sign-in", { name: "Eve", token: "a guess" }, {}, 403],
  ["without a name", "/sign-in", { name: " ", token }, {}, 403],
  ["to save a policy unseen", `/policy/${orchard}`, { do: "save", text: "version: 1" }, {}, 403],
  ["to a repository that is not ours", "/repository/..%2fpear", { choice: "x" }, {}, 404],
];

test.each(refused)("a form %s is refused", async (...[, place, fields, headers, status]) => {
  const before = await answers();
  expect((await post(place, fields, headers)).status).toBe(status);
  expect(await answers()).toEqual(before);
});

test("a session needs its own seal for each form", async () => {
  const cookie = await signIn();
  const other = valueOf((await get(pullRequest, { cookie: await signIn() })).text, "seal");
  expect((await post(pullRequest, { choice: `snooze|${orchard}|7`, seal: other }, { cookie })).status).toBe(403);
});

test("without a token everything can be read and nothing be sent", async () => {
  await using reading = await start({});
  expect((await get(pullRequest, {}, reading)).text).toContain("This server only reads");
  expect((await get("/sign-in", {}, reading)).status).toBe(404);
  expect((await post("/sign-in", { name: "Ana", token }, {}, reading)).status).toBe(404);
});

test("a policy is tried before it is saved, and not saved over another change", async () => {
  const place = `/policy/${orchard}`;
  const file = path.join(folder, "policies", "trial.yaml");
  const cookie = await signIn();
  const page = await get(place, { cookie });
  const [seal, base] = [valueOf(page.text, "seal"), valueOf(page.text, "base")];
  const text = policy.replace("report", "propose");
  const wrong = await post(place, { do: "preview", text: "version: 1\nfruit: pear\n", base, seal }, { cookie });
  expect(wrong.text).toMatch(/role="alert">[^<]*fruit/);
  const tried = await post(place, { do: "preview", text, base, seal }, { cookie });
  expect(tried.text).toContain("What recorded nights would have done");
  expect(await readFile(file, "utf8")).toBe(policy);
  expect(
    (await post(place, { do: "save", text: text.replaceAll("\n", "\r\n"), base, seal }, { cookie })).text,
  ).toContain("Saved.");
  expect(await readFile(file, "utf8")).toBe(text);
  expect((await post(place, { do: "save", text: policy, base, seal }, { cookie })).text).toContain("has changed since");
  expect(await readFile(file, "utf8")).toBe(text);
});

async function signIn(): Promise<string> {
  const { status, cookie } = await post("/sign-in", { name: "Ana", token }, {});
  expect([status, cookie]).toEqual([303, expect.stringMatching(/HttpOnly; SameSite=Strict/) as string]);
  return cookie.split(";")[0] ?? "";
}

async function answers(): Promise<readonly string[]> {
  return (await readAnswers(store, orchard)).map(
    ({ kind, about, who, why }) => `${kind} ${about.kind === "candidate" ? about.id : about.kind} ${who}: ${why ?? ""}`,
  );
}

function valueOf(page: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? "";
}

function start(environment: Readonly<Record<string, string>>): Promise<Serving> {
  const config = {
    ...configSchema.parse({ repositories: ["fruit/orchard"], policy: "policies/trial.yaml" }),
    ...{ file: path.join(folder, "daemon.config.ts"), directory: folder },
    stateDirectory: path.join(folder, "state"),
    reportsDirectory: path.join(folder, "reports"),
    repositories: [{ key: orchard, location: "fruit/orchard" }],
  };
  const session = {
    terminal: { print: () => undefined, complain: () => undefined, progress: () => undefined },
    ...{ currentDirectory: folder, environment, signal: new AbortController().signal, finish: () => undefined },
    now: () => new Date("2026-11-24T08:30:00Z"),
  };
  const route = createServeDesk({ session, config, named: undefined, store });
  return serve({ port: 0, host: "127.0.0.1", directory: config.reportsDirectory, pages: {}, route });
}

type Heard = { readonly status: number; readonly text: string; readonly cookie: string };

function get(place: string, headers: Readonly<Record<string, string>>, server = serving): Promise<Heard> {
  return send(server, { method: "GET", path: place, headers }, "");
}

function post(
  place: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
  server = serving,
): Promise<Heard> {
  const own = { origin: server.url.replace(/\/$/, ""), "content-type": "application/x-www-form-urlencoded" };
  return send(
    server,
    { method: "POST", path: place, headers: { ...own, ...headers } },
    new URLSearchParams(fields).toString(),
  );
}

function send({ url }: Serving, options: object, body: string): Promise<Heard> {
  const { port } = new URL(url);
  return new Promise((resolve, reject) => {
    const asking = ask({ host: "127.0.0.1", port, ...options }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, text, cookie: response.headers["set-cookie"]?.[0] ?? "" });
      });
    });
    asking.on("error", reject);
    asking.end(body);
  });
}
