import { z } from "zod";
import { autonomyLevels, type Grant } from "../core/autonomy.ts";
import type { RepoKey } from "../core/names.ts";
import type { Store } from "./store.ts";

/** How far rules may go in a repository, in the order in which that was decided. */
export async function readGrants(store: Store, repo: RepoKey): Promise<readonly Grant[]> {
  const rows = await store.database
    .selectFrom("autonomy")
    .selectAll()
    .where("repo", "=", repo)
    .orderBy("ordinal")
    .execute();
  return rows.map(({ rule, level, at, who, why }) => ({
    rule,
    level: z.enum(autonomyLevels).parse(level),
    at,
    who,
    why,
  }));
}

/** Notes how far a rule may go from now on; what is so already is not noted again. */
export async function recordGrant(store: Store, repo: RepoKey, grant: Grant): Promise<boolean> {
  const { rule, level, at, who, why } = grant;
  return store.database.transaction().execute(async (transaction) => {
    const rows = await transaction
      .selectFrom("autonomy")
      .select(["rule", "level", "ordinal"])
      .where("repo", "=", repo)
      .orderBy("ordinal")
      .execute();
    if (rows.findLast((row) => row.rule === rule)?.level === level) return false;
    const ordinal = (rows.at(-1)?.ordinal ?? 0) + 1;
    await transaction.insertInto("autonomy").values({ repo, ordinal, rule, level, at, who, why }).execute();
    return true;
  });
}
