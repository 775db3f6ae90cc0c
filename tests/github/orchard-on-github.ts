import { join } from "node:path";
import { connect, type GitHubAccess } from "../../src/io/github-connect.ts";
import { createGitHubForge } from "../../src/publish/github-forge.ts";
import { publish } from "../../src/publish/publish.ts";
import { temporaryFolder } from "../io/temporary-folder.ts";
import { requestFor, type createNursery, type Fruit } from "../publish/orchard-repository.ts";
import { startFakeGitHub } from "./fake-github.ts";

type Nursery = Awaited<ReturnType<typeof createNursery>>;

/** The orchard on a GitHub of its own, with a forge for it: with a fine-grained token, or as an app. */
export async function plantOnGitHub(nursery: Nursery, kind: "token" | "app" = "token") {
  const folder = await temporaryFolder();
  const orchard = await nursery.transplant(folder.path);
  const github = await startFakeGitHub(join(folder.path, "github"));
  const repository = await github.addRepository({ name: "fruit/orchard", from: orchard.work });
  const token = github.addToken();
  const app = github.install();
  const access: GitHubAccess = {
    ...{ baseUrl: github.baseUrl, owner: "fruit", repository: "orchard", requestSeconds: 2 },
    pace: () => Promise.resolve(),
    proof:
      kind === "app"
        ? { kind: "app", appId: app.appId, privateKey: github.privateKey }
        : { kind: "token", read: token, write: token },
  };
  const forgeWith = (change: Partial<GitHubAccess> = {}) =>
    createGitHubForge({ ...access, ...change, mayBeFork: false });
  const forge = forgeWith();
  const run = async (names: readonly Fruit[], change: Parameters<typeof requestFor>[3] = {}) =>
    (await publish(requestFor(orchard, forge, names, change))).outcomes;
  return {
    ...{ orchard, github, repository, token, access, forge, forgeWith, run },
    connection: connect(access),
    ana: github.person(repository),
    source: { record: orchard.record, mirror: orchard.mirror },
    url: (number: number) => `${github.url}/fruit/orchard/pull/${number}`,
    [Symbol.asyncDispose]: async () => {
      await github[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}
