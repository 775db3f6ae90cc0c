import { z } from "zod";
import {
  bareGit,
  changeTree,
  isAncestor,
  makeCommit,
  resolveRef,
  tryGit,
  writeBlob,
  type TreeChange,
} from "./bare-git.ts";
import { created, ok, Refusal, type Handlers, type RepositoryCall } from "./call.ts";
import { readCommit, showGitCommit } from "./present.ts";
import { settleRefs } from "./settle-refs.ts";
import { emailOf, fullName, tick, type FakeRepository, type World } from "./world.ts";

/** The git interface of REST: objects and refs. */
export const gitHandlers: Handlers = {
  "git/list-matching-refs": async (call) => {
    const { bare } = call.repository;
    const lines = await bareGit(bare, ["for-each-ref", "--format=%(objectname) %(refname)"]);
    const refs = lines.split("\n").flatMap((line) => {
      const [sha = "", ref = ""] = line.split(" ");
      return ref.startsWith(`refs/${call.path["ref"] ?? ""}`) ? [showRef(call, ref, sha)] : [];
    });
    return ok(refs);
  },
  "git/get-ref": async (call) => {
    const ref = `refs/${call.path["ref"] ?? ""}`;
    const sha = await resolveRef(call.repository.bare, ref);
    if (sha === null) throw new Refusal(404, "Not Found");
    return ok(showRef(call, ref, sha));
  },
  "git/create-ref": async (call) => {
    const { repository } = call;
    const { ref, sha } = z.object({ ref: z.string(), sha: z.string() }).parse(call.body);
    if (!ref.startsWith("refs/heads/")) throw new Refusal(422, "Reference name must start with 'refs/heads/'");
    if ((await resolveRef(repository.bare, ref)) !== null) throw new Refusal(422, "Reference already exists");
    if ((await resolveRef(repository.bare, sha)) === null) throw new Refusal(422, "Object does not exist");
    await moveRef(call, ref, sha);
    return created(showRef(call, ref, sha));
  },
  "git/update-ref": async (call) => {
    const { repository } = call;
    const ref = `refs/${call.path["ref"] ?? ""}`;
    const { sha, force = false } = z.object({ sha: z.string(), force: z.boolean().optional() }).parse(call.body);
    const now = await resolveRef(repository.bare, ref);
    if (now === null) throw new Refusal(422, "Reference does not exist");
    if ((await resolveRef(repository.bare, sha)) === null) throw new Refusal(422, "Object does not exist");
    if (!force && !(await isAncestor(repository.bare, now, sha)))
      throw new Refusal(422, "Update is not a fast forward");
    await moveRef(call, ref, sha);
    return ok(showRef(call, ref, sha));
  },
  "git/delete-ref": async (call) => {
    const ref = `refs/${call.path["ref"] ?? ""}`;
    if ((await resolveRef(call.repository.bare, ref)) === null) throw new Refusal(422, "Reference does not exist");
    await moveRef(call, ref, null);
    return { status: 204 };
  },
  "git/create-blob": async (call) => {
    const { content, encoding = "utf-8" } = z
      .object({ content: z.string(), encoding: z.string().optional() })
      .parse(call.body);
    const sha = await writeBlob(call.repository.bare, Buffer.from(content, encoding === "base64" ? "base64" : "utf8"));
    return created({ sha, url: `${urlOf(call)}/blobs/${sha}` });
  },
  "git/create-tree": createTree,
  "git/create-commit": createCommit,
  "git/get-commit": async (call) => {
    const sha = await resolveRef(call.repository.bare, call.path["commit_sha"] ?? "");
    if (sha === null) throw new Refusal(404, "Not Found");
    return ok(await showGitCommit(call.world, call.repository, sha));
  },
  "git/get-tree": async (call) => {
    const words = ["ls-tree", ...(call.query["recursive"] === undefined ? [] : ["-r"]), call.path["tree_sha"] ?? ""];
    const { code, stdout } = await tryGit(call.repository.bare, words);
    if (code !== 0) throw new Refusal(404, "Not Found");
    const sha = (await bareGit(call.repository.bare, ["rev-parse", `${call.path["tree_sha"] ?? ""}^{tree}`])).trim();
    const tree = stdout.split("\n").flatMap((line) => {
      const parts = /^(\d+) (\w+) (\w+)\t(.+)$/.exec(line);
      return parts === null ? [] : [{ mode: parts[1], type: parts[2], sha: parts[3], path: parts[4] }];
    });
    return ok({ sha, tree, truncated: false, url: `${urlOf(call)}/trees/${sha}` });
  },
};

const treeSchema = z.object({
  base_tree: z.string().optional(),
  tree: z.array(
    z.object({
      path: z.string(),
      mode: z.string(),
      sha: z.string().nullish(),
      content: z.string().optional(),
    }),
  ),
});

async function createTree(call: RepositoryCall) {
  const { bare } = call.repository;
  const { base_tree: base, tree } = treeSchema.parse(call.body);
  const changes: TreeChange[] = [];
  for (const { path, mode, sha, content } of tree) {
    // The text of a file or the hash of a blob; a hash of null takes the file away.
    if (content === undefined && sha === undefined) throw new Refusal(422, "tree.sha or tree.content is missing");
    const object = content === undefined ? (sha ?? null) : await writeBlob(bare, content);
    changes.push({ path, mode, object });
  }
  const base0 = base === undefined ? null : await baseTree(call, base);
  const sha = await changeTree(bare, base0, changes);
  return created({ sha, url: `${urlOf(call)}/trees/${sha}`, tree: [], truncated: false });
}

async function baseTree(call: RepositoryCall, base: string): Promise<string> {
  const { code, stdout } = await tryGit(call.repository.bare, ["rev-parse", "--verify", "--quiet", `${base}^{tree}`]);
  if (code !== 0) throw new Refusal(422, "base_tree is not a valid tree oid");
  return stdout.trim();
}

const personSchema = z.object({ name: z.string(), email: z.string(), date: z.string().optional() });
const commitSchema = z.object({
  message: z.string(),
  tree: z.string(),
  parents: z.array(z.string()).default([]),
  author: personSchema.optional(),
  committer: personSchema.optional(),
});

/**
 * A bot's commit without an author of its own is signed by GitHub; that of a user's token is not.
 * https://docs.github.com/en/authentication/managing-commit-signature-verification/about-commit-signature-verification
 */
async function createCommit(call: RepositoryCall) {
  const { world, repository, token } = call;
  const { message, tree, parents, author, committer } = commitSchema.parse(call.body);
  await assertObjects(repository, tree, parents);
  const own = { name: token.login, email: emailOf(world, token.login) };
  const signed = token.kind === "installation" && author === undefined && committer === undefined;
  const sha = await makeCommit(repository.bare, {
    tree,
    parents,
    message,
    author: author ?? own,
    committer: signed ? webFlow : (committer ?? author ?? own),
    date: author?.date ?? tick(world),
  });
  if (signed) repository.signed.add(sha);
  return created(await showGitCommit(world, repository, sha));
}

async function assertObjects({ bare }: FakeRepository, tree: string, parents: readonly string[]): Promise<void> {
  if ((await tryGit(bare, ["cat-file", "-e", `${tree}^{tree}`])).code !== 0)
    throw new Refusal(422, "Tree SHA does not exist");
  for (const parent of parents)
    if ((await resolveRef(bare, parent)) === null)
      throw new Refusal(422, "Parent SHA does not exist or is not a commit object");
}

/** Who GitHub is when it commits for somebody. */
export const webFlow = { name: "GitHub", email: "noreply@github.com" } as const;

async function moveRef(call: RepositoryCall, ref: string, to: string | null): Promise<void> {
  await setRef(call.repository, ref, to);
  await settleRefs(call.world, call.repository, call.token.login);
}

export async function setRef({ bare }: FakeRepository, ref: string, to: string | null): Promise<void> {
  await bareGit(bare, to === null ? ["update-ref", "-d", ref] : ["update-ref", ref, to]);
}

function showRef(call: RepositoryCall, ref: string, sha: string) {
  const object = { sha, type: "commit", url: `${urlOf(call)}/commits/${sha}` };
  return { ref, node_id: ref, url: `${urlOf(call)}/${ref}`, object };
}

function urlOf({ world, repository }: { readonly world: World; readonly repository: FakeRepository }): string {
  return `${world.url()}/api/v3/repos/${fullName(repository)}/git`;
}

/** For the other interfaces that make commits. */
export async function treeOf({ bare }: FakeRepository, commit: string): Promise<string> {
  return (await readCommit(bare, commit)).tree;
}
