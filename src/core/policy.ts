/** What the passes look for. Each is found by the pass of its name, but for surplus exports, which unused-export finds. */
export const categories = {
  "missing-entry": {
    title: "Missing entries",
    removes: "nothing: it adds entries to the configuration of knip where too much looks dead",
  },
  "unused-file": { title: "Unused files", removes: "a file that nothing loads" },
  "unused-export": {
    title: "Unused exports",
    removes: "an exported value that nothing uses",
  },
  "surplus-export": {
    title: "Surplus exports",
    removes: "the word export of something that only its own file uses",
  },
  "unused-type": { title: "Unused types", removes: "a type or interface that nothing names" },
  "unused-local": { title: "Unused locals", removes: "a declaration that its own file does not use" },
  "unused-class-member": { title: "Unused class members", removes: "a member of a class that nothing mentions" },
  "unused-enum-member": { title: "Unused enum members", removes: "a member of an enum that nothing names" },
  "unused-property": { title: "Unused properties", removes: "a property that nothing reads" },
  "unused-import": { title: "Unused imports", removes: "an import whose name is never used" },
  "unused-dependency": { title: "Unused dependencies", removes: "a package that nothing imports, runs or mentions" },
  "orphan-test": { title: "Orphan tests", removes: "code that only its own tests use, with those tests" },
  "unreachable-code": { title: "Unreachable code", removes: "code that control never comes to" },
  "stale-flag": {
    title: "Stale flags",
    removes: "a choice by a constant or a finished flag, with the side that is never taken",
  },
  "unused-parameter": { title: "Unused parameters", removes: "a parameter that its function never names" },
  "commented-code": { title: "Blocks of commented-out code", removes: "code that somebody has made a comment" },
  "unused-directive": {
    title: "Unused directives",
    removes: "a comment that silences a linter or the compiler where nothing is to be silenced",
  },
  "one-sided-fix": {
    title: "One-sided fixes",
    removes: "nothing: it shows code that was mended in one place and stands unmended in another",
  },
  "duplicate-function": {
    title: "Duplicate functions",
    removes: "a function that is written in another file too, for which that one is imported",
  },
  "duplicate-type": {
    title: "Duplicate types",
    removes: "a type that is written in another file too, for which that one is imported",
  },
  "duplicate-constant": {
    title: "Duplicate constants",
    removes: "a constant that is written in another file too, for which that one is imported",
  },
} as const satisfies Record<string, { readonly title: string; readonly removes: string }>;

/** What a candidate is; also the name of the pass that finds it. */
export type Category = keyof typeof categories;

/** What happens to a candidate, from least to most. */
export const actions = ["ignore", "report", "propose", "automerge"] as const;
export type Action = (typeof actions)[number];

/** The more careful of two actions. */
export function lowerAction(one: Action, other: Action): Action {
  return actions.indexOf(one) < actions.indexOf(other) ? one : other;
}

/** How sure we are, from least to most (DESIGN.md section 6). */
export const assuranceLevels = ["suspected", "static", "compiled", "tested", "proven"] as const;
export type AssuranceLevel = (typeof assuranceLevels)[number];

/** Who could see the thing: its own file, its package, its workspace, the world. */
export const exposures = ["local", "internal", "workspace", "public"] as const;
export type Exposure = (typeof exposures)[number];

/** What a policy decided for one candidate, and the line of the policy that did. */
export type Decision = {
  readonly action: Action;
  /** The id of the rule that matched, or `default`, `protect`, `alarm`, `broken`, `production`. */
  readonly rule: string;
  /** The reason in words, shown to people. */
  readonly because: string;
};

/** Days as policies name them, in the order of `Date.getUTCDay`. */
export const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
