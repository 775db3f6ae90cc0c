import { needs } from "./access.ts";
import { changeTree, isAncestor, makeCommit, modeOf, resolveRef, writeBlob, type TreeChange } from "./bare-git.ts";
import { permit, refuse, type Context } from "./graphql-context.ts";
import { readCommit } from "./present.ts";
import { setRef, treeOf, webFlow } from "./rest-git.ts";
import { settleRefs } from "./settle-refs.ts";
import { emailOf, findRepository, fullName, tick } from "./world.ts";

type Input<Fields> = { readonly input: Fields };

type CommitInput = {
  readonly branch: { readonly repositoryNameWithOwner?: string; readonly branchName?: string };
  readonly message: { readonly headline: string; readonly body?: string };
  readonly fileChanges?: {
    readonly additions?: readonly { readonly path: string; readonly contents: string }[];
    readonly deletions?: readonly { readonly path: string }[];
  };
  readonly expectedHeadOid: string;
};

/** Signed whoever asks; a new file is never executable, and a file that is there keeps its mode. */
export async function createCommitOnBranch({ input }: Input<CommitInput>, context: Context) {
  const { world, token } = context;
  const [owner = "", name = ""] = (input.branch.repositoryNameWithOwner ?? "").split("/");
  const repository = findRepository(world, owner, name);
  if (repository === undefined) throw refuse(context, 404, "Could not resolve to a Repository");
  permit(context, repository, needs["git/create-commit"]);
  const ref = `refs/heads/${input.branch.branchName ?? ""}`;
  const parent = await resolveRef(repository.bare, ref);
  if (parent === null) throw refuse(context, 422, `No ref exists with the name ${ref}`);
  if (parent !== input.expectedHeadOid)
    throw refuse(
      context,
      422,
      `Expected branch to point to "${input.expectedHeadOid}" but it did not. Pull and try again.`,
    );
  const changes = await changesOf(input, context, { bare: repository.bare, parent });
  const { headline, body = "" } = input.message;
  const commit = await makeCommit(repository.bare, {
    tree: await changeTree(repository.bare, await treeOf(repository, parent), changes),
    parents: [parent],
    message: body === "" ? `${headline}\n` : `${headline}\n\n${body}\n`,
    author: { name: token.login, email: emailOf(world, token.login) },
    committer: webFlow,
    date: tick(world),
  });
  repository.signed.add(commit);
  await setRef(repository, ref, commit);
  await settleRefs(world, repository, token.login);
  return { commit: { oid: commit, tree: { oid: (await readCommit(repository.bare, commit)).tree } } };
}

async function changesOf(
  { fileChanges }: CommitInput,
  context: Context,
  { bare, parent }: { readonly bare: string; readonly parent: string },
): Promise<readonly TreeChange[]> {
  const changes: TreeChange[] = [];
  for (const { path, contents } of fileChanges?.additions ?? []) {
    const object = await writeBlob(bare, Buffer.from(contents, "base64"));
    changes.push({ path, object, mode: (await modeOf(bare, parent, path)) ?? "100644" });
  }
  for (const { path } of fileChanges?.deletions ?? []) {
    if ((await modeOf(bare, parent, path)) === null)
      throw refuse(
        context,
        422,
        `A path was requested for deletion which does not exist as of commit oid \`${parent}\``,
      );
    changes.push({ path, mode: "0", object: null });
  }
  return changes;
}

type RefsInput = {
  readonly repositoryId: string;
  readonly refUpdates: readonly {
    readonly name: string;
    readonly afterOid: string;
    readonly beforeOid?: string;
    readonly force?: boolean;
  }[];
};

/** All or nothing; `beforeOid` is what a ref must be now, and a hash of zeros stands for none. */
export async function updateRefs({ input }: Input<RefsInput>, context: Context) {
  const repository = context.world.repositories.find((one) => `R_${fullName(one)}` === input.repositoryId);
  if (repository === undefined) throw refuse(context, 404, "Could not resolve to a node");
  permit(context, repository, needs["git/update-ref"]);
  for (const update of input.refUpdates) {
    const wrong = await faultOf(repository.bare, update);
    if (wrong !== null) throw refuse(context, 422, wrong);
  }
  for (const { name, afterOid } of input.refUpdates)
    await setRef(repository, name, afterOid === none ? null : afterOid);
  await settleRefs(context.world, repository, context.token.login);
  return { clientMutationId: null };
}

const none = "0".repeat(40);

async function faultOf(bare: string, update: RefsInput["refUpdates"][number]): Promise<string | null> {
  const { name, beforeOid, afterOid, force = false } = update;
  const now = (await resolveRef(bare, name)) ?? none;
  if (beforeOid !== undefined && beforeOid !== now)
    return `Expected ${name} to point to "${beforeOid}" but it did not.`;
  const free = force || now === none || afterOid === none;
  return free || (await isAncestor(bare, now, afterOid)) ? null : `Update of ${name} is not a fast forward`;
}
