import type { NightId, RepoKey } from "../core/names.ts";
import type { Store } from "./store.ts";

/**
 * Takes a repository over from whoever had it: who finds another lease than his own has lost it. What was verified and
 * not published is verified again, since its trees lie in the mirror of the worker that made them.
 */
export async function claimRepo(
  store: Store,
  { night, repo, lease }: { readonly night: NightId; readonly repo: RepoKey; readonly lease: string },
): Promise<void> {
  await store.database.transaction().execute(async (transaction) => {
    await transaction
      .updateTable("repo_run")
      .set({ lease })
      .where("night", "=", night)
      .where("repo", "=", repo)
      .execute();
    const steps = await transaction
      .selectFrom("step")
      .select("stage")
      .where("night", "=", night)
      .where("repo", "=", repo)
      .execute();
    if (steps.some(({ stage }) => stage === "publish")) return;
    await transaction
      .deleteFrom("step")
      .where("night", "=", night)
      .where("repo", "=", repo)
      .where("stage", "=", "verify")
      .execute();
  });
}

/** Under which name a repository of a night is being swept. */
export async function readLease(
  store: Store,
  { night, repo }: { readonly night: NightId; readonly repo: RepoKey },
): Promise<string | null> {
  const row = await store.database
    .selectFrom("repo_run")
    .select("lease")
    .where("night", "=", night)
    .where("repo", "=", repo)
    .executeTakeFirst();
  return row?.lease ?? null;
}
