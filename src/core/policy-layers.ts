import type { Grants } from "./grants.ts";
import type { Restraint } from "./autonomy.ts";
import { lowerAction, type Action } from "./policy.ts";
import type {
  Policy,
  PolicyFile,
  PolicyLimits,
  PolicyRule,
  PolicySchedule,
  PolicyTrust,
  RepositoryPolicy,
} from "./policy-schema.ts";

/** Who wrote a policy; each can only narrow the ones before it. */
export type LayerKind = "operator" | "organisation" | "repository";

/** What one layer says. What it leaves out asks for nothing. */
export type Layer = {
  readonly kind: LayerKind;
  readonly name: string;
  readonly protect: Policy["protect"];
  readonly limits: Partial<PolicyLimits>;
  readonly ceiling: Action;
  readonly defaultAction: Action;
  readonly rules: readonly PolicyRule[];
  readonly schedule?: PolicySchedule;
  readonly trust: Partial<PolicyTrust>;
  /** False forbids it; what is left out says nothing. */
  readonly sendCode?: boolean;
  /** What a repository's code wants beyond the sandbox. */
  readonly asks?: Grants;
  /** Where each value stands, by its path in the file: `limits.linesPerPullRequest` is in `standard.yaml:18`. */
  readonly origins: Origins;
  /** Why the layer could not be read: the repository is only reported on. */
  readonly problem?: string;
};

/** File and line of values, by their path. */
export type Origins = Readonly<Record<string, string>>;

/**
 * The operator's policy as narrower layers leave it: the limits and what counts for trust are the strictest of all;
 * actions, schedules and what is protected are asked of every layer.
 */
export type EffectivePolicy = Policy & {
  readonly layers?: readonly Layer[];
  /** What tonight and the record of the repository allow; absent where nobody asks. */
  readonly restraint?: Restraint;
};

/** The operator's policy as a layer. */
export function operatorLayer(policy: Policy, origins: Origins): Layer {
  const { name, protect, limits, ceiling, defaultAction, rules, schedule, trust } = policy;
  const layer = { kind: "operator", name, protect, limits, ceiling, defaultAction, rules, trust, origins } as const;
  return schedule === undefined ? layer : { ...layer, schedule };
}

/** A narrower layer. */
export function narrowerLayer(
  kind: Exclude<LayerKind, "operator">,
  file: RepositoryPolicy | PolicyFile,
  origins: Origins,
): Layer {
  const { name, protect = {}, limits = {}, ceiling = "automerge", rules = [], schedule, trust = {} } = file;
  // Whoever only says what is to be protected leaves the rest to the layers before.
  const defaultAction = file.defaultAction ?? "automerge";
  const layer = {
    ...{ kind, name, protect, ceiling, defaultAction, rules, origins },
    limits: withoutUndefined(limits),
    trust: withoutUndefined(trust),
  };
  const told = file.model?.sendCode === undefined ? layer : { ...layer, sendCode: file.model.sendCode };
  const asks = "asks" in file && file.asks !== undefined ? { asks: file.asks } : {};
  return schedule === undefined ? { ...told, ...asks } : { ...told, ...asks, schedule };
}

/** Stands for a layer that cannot be read: nothing goes further than a report. */
export function brokenLayer(kind: Exclude<LayerKind, "operator">, name: string, problem: string): Layer {
  const silent = { protect: {}, limits: {}, trust: {}, rules: [], origins: {} };
  return { ...silent, kind, name, problem, ceiling: "report", defaultAction: "report" };
}

/** Puts narrower layers on the operator's policy; whatever they say, nothing gets wider. */
export function narrow(operator: Policy, layers: readonly Layer[]): EffectivePolicy {
  return {
    ...operator,
    limits: strictestLimits(operator.limits, layers),
    trust: layers.reduce(stricterTrust, operator.trust),
    model: { sendCode: operator.model.sendCode && layers.every(({ sendCode }) => sendCode !== false) },
    ceiling: layers.reduce((ceiling, layer) => lowerAction(ceiling, layer.ceiling), operator.ceiling),
    layers,
  };
}

function strictestLimits(limits: PolicyLimits, layers: readonly Layer[]): PolicyLimits {
  const least = (key: keyof PolicyLimits): number =>
    Math.min(limits[key], ...layers.map((layer) => layer.limits[key] ?? Infinity));
  return {
    symbolsPerPullRequest: least("symbolsPerPullRequest"),
    filesPerPullRequest: least("filesPerPullRequest"),
    linesPerPullRequest: least("linesPerPullRequest"),
    pullRequestsPerNight: least("pullRequestsPerNight"),
    openPullRequests: least("openPullRequests"),
    minutesPerNight: least("minutesPerNight"),
    dollarsPerNight: least("dollarsPerNight"),
  };
}

function stricterTrust(trust: PolicyTrust, { trust: own }: Layer): PolicyTrust {
  return {
    demoteBelow: Math.max(trust.demoteBelow, own.demoteBelow ?? 0),
    // Neither fewer nor more pull requests would be stricter in every case.
    over: trust.over,
    promoteAbove: Math.max(trust.promoteAbove, own.promoteAbove ?? 0),
    muteAfterRevert: trust.muteAfterRevert || own.muteAfterRevert === true,
  };
}

/** A file on top of the one that it extends: its values win, its rules come first, what it protects is added. */
export function extendPolicy(base: PolicyFile, own: PolicyFile): PolicyFile {
  const schedule = joinSchedules(base.schedule, own.schedule);
  return {
    ...base,
    ...withoutUndefined(own),
    protect: joinProtection(base.protect ?? {}, own.protect ?? {}),
    limits: { ...base.limits, ...own.limits },
    trust: { ...base.trust, ...own.trust },
    ...joinModels(base.model, own.model),
    ...(schedule === undefined ? {} : { schedule }),
    rules: joinBy(({ id }) => id, own.rules, base.rules),
    flags: joinBy(({ name }) => name, own.flags, base.flags),
  };
}

function joinModels(base: PolicyFile["model"], own: PolicyFile["model"]): Pick<PolicyFile, "model"> {
  return base === undefined && own === undefined ? {} : { model: { ...base, ...own } };
}

function joinSchedules(base: PolicyFile["schedule"], own: PolicyFile["schedule"]): PolicyFile["schedule"] {
  if (base === undefined || own === undefined) return own ?? base;
  return { ...base, ...own, freeze: [...(base.freeze ?? []), ...(own.freeze ?? [])] };
}

/** The first of one name counts. */
function joinBy<Item>(nameOf: (item: Item) => string, own: readonly Item[] = [], base: readonly Item[] = []): Item[] {
  const names = new Set(own.map(nameOf));
  return [...own, ...base.filter((item) => !names.has(nameOf(item)))];
}

function joinProtection(base: Policy["protect"], own: Policy["protect"]): Policy["protect"] {
  const join = (key: keyof Policy["protect"]) => {
    const both = [...(base[key] ?? []), ...(own[key] ?? [])];
    return both.length === 0 ? {} : { [key]: [...new Set(both)] };
  };
  return { ...join("paths"), ...join("packages"), ...join("symbols"), ...join("owners") };
}

/** zod gives fields that were left out as undefined, which would win over what they are spread on. */
function withoutUndefined<Fields extends object>(fields: Fields): { [Key in keyof Fields]?: NonNullable<Fields[Key]> } {
  const there: { [Key in keyof Fields]?: NonNullable<Fields[Key]> } = {};
  for (const key in fields) {
    const value = fields[key];
    if (value !== undefined && value !== null) there[key] = value;
  }
  return there;
}
