import { modelConfigSchema, type ModelConfig } from "../../src/core/model-config.ts";
import { budgetsOf, type Budgets } from "../../src/core/model-budget.ts";
import { nightId, repoKey } from "../../src/core/names.ts";
import { openModel, type Model } from "../../src/io/ask-model.ts";
import type { Clock } from "../../src/io/clock.ts";
import { createMask } from "../../src/io/mask.ts";
import { openEndpoint } from "../../src/io/openai.ts";
import { openStore, type Store } from "../../src/io/store.ts";
import { temporaryDirectory } from "../../src/io/files.ts";
import { startScriptedModel, type Received, type Reply, type ScriptedModel } from "./openai-server.ts";

/** A clock on which no time passes: its alarms ring when a test says so, and its pauses are over at once. */
type StandingClock = Clock & { readonly ring: () => void; readonly pauses: readonly number[] };

/** Makes a clock on which no time passes. */
function standingClock(): StandingClock {
  const alarms = new Set<() => void>();
  const pauses: number[] = [];
  return {
    pauses,
    now: () => new Date("2026-11-23T02:00:00Z"),
    alarm: (_ms, ring) => {
      alarms.add(ring);
      return { [Symbol.dispose]: () => alarms.delete(ring) };
    },
    pause: (ms) => {
      pauses.push(ms);
      return Promise.resolve();
    },
    ring: () => {
      for (const ring of [...alarms]) ring();
    },
  };
}

/** A model over a scripted endpoint, with a store of its own. */
export type ScriptedRun = AsyncDisposable & {
  readonly model: Model;
  readonly store: Store;
  readonly clock: StandingClock;
  readonly endpoint: ScriptedModel;
  readonly config: ModelConfig;
  readonly budgets: Budgets;
  /** The model as another repository, or another night, gets it. */
  readonly again: (change: { readonly repo?: string; readonly night?: string }) => Model;
};

/** Opens a model that answers as a script says. */
export async function scriptedRun(
  script: (question: Received, index: number) => Reply,
  wishes: {
    readonly config?: Partial<ModelConfig>;
    readonly budgets?: Partial<Budgets>;
    readonly environment?: Readonly<Record<string, string>>;
  } = {},
): Promise<ScriptedRun> {
  const resources = new AsyncDisposableStack();
  const folder = resources.use(await temporaryDirectory("nightsweep-model-"));
  const store = resources.use(await openStore(folder.path));
  const clock = standingClock();
  const endpoint = resources.use(await startScriptedModel(script, clock.ring));
  const config = modelConfigSchema.parse({
    ...{ name: "scripted", baseUrl: endpoint.baseUrl, dollarsPerMillionTokens: { input: 2, output: 8 } },
    ...wishes.config,
  });
  const budgets = { ...budgetsOf(config, { operator: 1, repository: 1 }), ...wishes.budgets };
  const line = {
    ...{ config, clock, endpoint: openEndpoint(config, "sk-test-0123456789abcdef", clock) },
    mask: createMask({ environment: wishes.environment ?? {}, paths: [] }),
    fate: { givenUp: null, faults: 0 },
  };
  const again: ScriptedRun["again"] = ({ repo = "orchard", night = "2026-11-23" }) =>
    openModel({ ...line, store, night: nightId(night), repo: repoKey(repo), budgets });
  return {
    ...{ store, clock, endpoint, config, budgets, again, model: again({}) },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}
