import type { Grant } from "./core/autonomy.ts";
import { NightsweepError } from "./core/errors.ts";
import { recordGrant } from "./io/autonomy.ts";
import { findRepository, loadConfigOrDefaults } from "./io/config-file.ts";
import { openStore } from "./io/store.ts";
import { readConfiguredPolicy } from "./night-policy.ts";
import type { Session } from "./session.ts";

/** Notes how far a person lets a rule go in a repository of the configuration. Throws NOT_FOUND. */
export async function promote(
  session: Session,
  wish: { readonly repo: string; readonly config: string | undefined } & Pick<Grant, "rule" | "level" | "why">,
): Promise<string> {
  const { currentDirectory, environment, now } = session;
  const config = await loadConfigOrDefaults(wish.config, currentDirectory, environment);
  const { key } = findRepository(config, wish.repo, currentDirectory);
  const keys = config.repositories.map((one) => one.key);
  if (!keys.includes(key))
    throw new NightsweepError("NOT_FOUND", `repository ${wish.repo}; the configuration has ${keys.join(", ")}`);
  const { rules } = await readConfiguredPolicy(config);
  if (wish.rule !== "*" && !rules.some(({ id }) => id === wish.rule))
    throw new NightsweepError(
      "NOT_FOUND",
      `rule ${wish.rule}; there are ${rules.map(({ id }) => id).join(", ")} and *`,
    );
  await using store = await openStore(config.stateDirectory, config.databaseUrl);
  const who = environment["USER"] ?? environment["USERNAME"] ?? "the operator";
  const { rule, level, why } = wish;
  const isNew = await recordGrant(store, key, { rule, level, at: now().toISOString(), who, why });
  const subject = rule === "*" ? "every rule" : `the rule ${rule}`;
  return isNew ? `${subject} may ${level} in ${key} from now on` : `${subject} may ${level} in ${key} already`;
}
