import type { IncomingMessage } from "node:http";
import { authenticate, authorize, needs } from "./access.ts";
import { Refusal } from "./call.ts";
import { askGit, type RawAnswer } from "./git-backend.ts";
import { settleRefs } from "./settle-refs.ts";
import type { Task } from "./task.ts";
import { findRepository, fullName, type FakeRepository, type World } from "./world.ts";

/** A request of git over HTTP. */
export function gitTask(
  { world, root }: { readonly world: World; readonly root: string },
  request: IncomingMessage,
  url: URL,
  body: Buffer,
): Task {
  const [, owner = "", name = "", service = ""] = /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(.+)$/.exec(url.pathname) ?? [];
  const pushes = service === "git-receive-pack" || url.searchParams.get("service") === "git-receive-pack";
  const isWork = request.method === "POST";
  const operation = isWork ? (pushes ? "git/push" : "git/fetch") : "git/refs";
  const { authorization } = request.headers;
  const work = async (): Promise<RawAnswer> => {
    const repository = findRepository(world, owner, name);
    if (repository === undefined) return authorization === undefined ? challenge : notFound;
    if (repository.movedTo !== null) {
      const location = `${world.url()}/${repository.movedTo}.git/${service}${url.search}`;
      return { status: 301, headers: { location }, body: Buffer.alloc(0) };
    }
    const user = admit(world, repository, authorization, pushes);
    if (typeof user !== "string") return user;
    const answer = await askGit(root, {
      ...{ method: request.method ?? "GET", query: url.search.slice(1), headers: request.headers, body },
      ...{ user, path: `/${owner}/${name}.git/${service}` },
    });
    if (pushes && isWork) await settleRefs(world, repository, user);
    return answer;
  };
  return { operation, write: isWork && pushes, repository: `${owner}/${name}`, authorization, work };
}

const authenticateHeader = { "www-authenticate": 'Basic realm="GitHub"' };

/** git sends no credentials of its own until it is asked for them. */
const challenge: RawAnswer = { status: 401, headers: authenticateHeader, body: Buffer.from("Authentication required") };
const notFound: RawAnswer = { status: 404, headers: {}, body: Buffer.from("Repository not found.") };

/** Who it is that may; git shows a person the text of what is not a success. */
function admit(
  world: World,
  repository: FakeRepository,
  authorization: string | undefined,
  pushes: boolean,
): string | RawAnswer {
  try {
    if (repository.disabled) throw new Refusal(403, "Access to this repository has been disabled by GitHub staff.");
    if (authorization === undefined) return repository.private || pushes ? challenge : "anonymous";
    const token = authenticate(world, authorization);
    authorize(token, repository, pushes ? needs["git/update-ref"] : needs["repos/get-content"]);
    return token.login;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status } = error.answer;
    return { status, headers: authenticateHeader, body: Buffer.from(`${error.message} (${fullName(repository)})`) };
  }
}
