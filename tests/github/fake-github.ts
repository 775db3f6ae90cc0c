import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdir, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { bareGit, forgetLasting } from "./bare-git.ts";
import type { Fault } from "./faults.ts";
import { createPerson, setChecks } from "./person.ts";
import { serve, type Service, type Watcher } from "./serve.ts";
import { noteBranches } from "./settle-refs.ts";
import { botLogin, type FakeRepository, type FakeToken, type World } from "./world.ts";

/** What a token for the whole night may do; the least that nightsweep asks for. */
const nightPermissions = {
  metadata: "read",
  contents: "write",
  pull_requests: "write",
  issues: "write",
  checks: "write",
  statuses: "read",
} as const satisfies FakeToken["permissions"];

/** The app's key is the same for all tests of a file, since making one takes half a second. */
let key: ReturnType<typeof makeKey> | undefined;

function makeKey() {
  return generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
}

/**
 * A GitHub Enterprise Server on 127.0.0.1: REST that is held to GitHub's own description in both directions, GraphQL
 * executed against GitHub's own schema, and git over HTTP by git itself. Disposing of it throws when a request or an
 * answer was not GitHub's.
 */
export async function startFakeGitHub(root: string) {
  key ??= makeKey();
  let port = 0;
  const world: World = {
    ...{
      repositories: [],
      tokens: [],
      seen: [],
      problems: [],
      faults: [],
      installation: null,
      nextId: 1000,
      writes: 0,
    },
    app: { id: 4711, slug: "nightsweep", publicKey: key.publicKey },
    clock: new Date("2026-11-23T00:00:00Z"),
    url: () => `http://127.0.0.1:${port}`,
  };
  const service: Service = { world, root, watcher: () => undefined };
  const server = createServer((request, response) => {
    void serve(service, request, response);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  ({ port } = server.address() as AddressInfo);
  const addToken = (token: Partial<FakeToken> = {}): string => {
    const made: FakeToken = {
      // Nobody's real token begins like this and is this short.
      value: `github_pat_${String(world.tokens.length).padStart(22, "0")}`,
      ...{ kind: "fine-grained", login: "sweeper", permissions: nightPermissions, repositories: null, expired: false },
      ...token,
    };
    world.tokens.push(made);
    return made.value;
  };
  return {
    world,
    baseUrl: `${world.url()}/api/v3`,
    url: world.url(),
    /** For `@octokit/auth-app`: the private key that goes with the app's public one. */
    privateKey: key.privateKey,
    addToken,
    /** Installs the app on every repository. */
    install: (permissions: FakeToken["permissions"] = nightPermissions) => {
      world.installation = { id: 77, permissions };
      return { appId: world.app.id, installation: 77, login: botLogin(world) };
    },
    addRepository: (options: Parameters<typeof addRepository>[2]) => addRepository(world, root, options),
    person: (repository: FakeRepository, login = "ana") => createPerson(world, repository, login),
    setChecks: (repository: FakeRepository, target: number | string, result: "green" | "red" | "pending") =>
      setChecks(world, repository, target, result),
    fault: (...faults: readonly Fault[]) => {
      world.faults.push(...faults);
    },
    /** Forgets every repository and request, and lets the clock begin again; tokens stay. */
    reset: () => {
      world.repositories.length = world.seen.length = world.faults.length = 0;
      Object.assign(world, { clock: new Date("2026-11-23T00:00:00Z"), nextId: 1000, writes: 0 });
    },
    /** Is told of each write before and after it is done. */
    watch: (watcher: Watcher) => {
      service.watcher = watcher;
    },
    /** Moves the clock of all objects. */
    passDays: (days: number) => {
      world.clock = new Date(world.clock.getTime() + days * 86_400_000);
    },
    /** The writes that were done, by operation, in order. */
    writes: () => world.seen.filter(({ write }) => write).map(({ operation }) => operation),
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
      if (world.problems.length > 0) throw new Error(`not as GitHub is:\n${world.problems.join("\n")}`);
    },
  };
}

/** Adds a repository that is a copy of another one, by path, or empty. */
async function addRepository(
  world: World,
  root: string,
  options: { readonly name: string; readonly from?: string } & Partial<
    Pick<
      FakeRepository,
      "private" | "archived" | "disabled" | "fork" | "drafts" | "allowAutoMerge" | "movedTo" | "onPush"
    >
  >,
): Promise<FakeRepository> {
  const { name: full, from, ...rest } = options;
  const [owner = "", name = ""] = full.split("/");
  const bare = join(root, owner, `${name}.git`);
  await rm(bare, { recursive: true, force: true });
  forgetLasting();
  await mkdir(dirname(bare), { recursive: true });
  if (from === undefined) await bareGit(dirname(bare), ["init", "--quiet", "--bare", "--initial-branch=main", bare]);
  else await bareGit(dirname(bare), ["clone", "--quiet", "--bare", "--", from, bare]);
  await bareGit(bare, ["config", "uploadpack.allowFilter", "true"]);
  const repository: FakeRepository = {
    ...{ owner, name, bare, private: true, archived: false, disabled: false, fork: false, drafts: true },
    ...{ allowAutoMerge: true, movedTo: null, issues: [], labels: new Set(["bug"]), checks: [], statuses: [] },
    ...{ signed: new Set<string>(), protection: new Map(), onPush: () => undefined },
    defaultBranch: await bareGit(bare, ["symbolic-ref", "--short", "HEAD"]),
    people: new Map([
      [owner, "admin"],
      ["ana", "write"],
      ["ben", "maintain"],
      ["sweeper", "write"],
      ["stranger", "read"],
    ]),
    ...rest,
  };
  await noteBranches(repository);
  world.repositories.push(repository);
  return repository;
}
