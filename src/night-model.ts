import { budgetsOf } from "./core/model-budget.ts";
import type { RepoKey } from "./core/names.ts";
import type { EffectivePolicy } from "./core/policy-layers.ts";
import { absentModel, openModel, type Model, type ModelLine } from "./io/ask-model.ts";
import { systemClock } from "./io/clock.ts";
import type { LoadedConfig } from "./io/config-file.ts";
import type { Mask } from "./io/mask.ts";
import { openEndpoint } from "./io/openai.ts";
import type { Store } from "./io/store.ts";
import type { Session } from "./session.ts";

/** The model of a night: none is configured, one cannot be asked, or one can. */
export type PlannedModel =
  | { readonly kind: "none" }
  | { readonly kind: "absent"; readonly name: string; readonly because: string }
  | { readonly kind: "ready"; readonly line: ModelLine };

/** Opens the way to the configured model. A missing key costs its answers and nothing else. */
export function planModel(
  { model: config }: Pick<LoadedConfig, "model">,
  { environment, now, mask }: Pick<Session, "environment" | "now"> & { readonly mask: Mask },
): PlannedModel {
  if (config === undefined) return { kind: "none" };
  const { name, keyEnv } = config;
  const key = keyEnv === null ? null : (environment[keyEnv] ?? "");
  if (key === "") return { kind: "absent", name, because: `${keyEnv ?? "its key"} is not set` };
  const clock = systemClock(now);
  const endpoint = openEndpoint(config, key, clock);
  return { kind: "ready", line: { config, endpoint, clock, mask, fate: { givenUp: null, faults: 0 } } };
}

/** The model for one repository's night; null where none is configured. */
export function modelFor(
  planned: PlannedModel,
  night: { readonly store: Store; readonly night: string; readonly repo: RepoKey; readonly operator: EffectivePolicy },
  policy: EffectivePolicy,
): Model | null {
  if (planned.kind === "none") return null;
  if (planned.kind === "absent") return absentModel(planned.name, planned.because);
  const { line } = planned;
  if (!policy.model.sendCode)
    return absentModel(line.config.name, "no policy allows it to be shown code (`model.sendCode`)");
  const { store, repo, operator } = night;
  const dollarsPerNight = {
    operator: operator.limits.dollarsPerNight,
    repository: policy.limits.dollarsPerNight,
  };
  return openModel({ ...line, store, night: night.night, repo, budgets: budgetsOf(line.config, dollarsPerNight) });
}
