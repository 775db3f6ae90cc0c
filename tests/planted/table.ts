/**
 * What is planted in tests/repositories/planted: one row for each feature that tools of this kind have or lack, and
 * what is alive there although a tool might not see it. Names are those of the source; a file is named by its path.
 */

/** A thing in the planted repository: a file, or a name in one. */
export type Spot = { readonly file: string; readonly name?: string };

/** What can be dead in a repository, with where it is planted. */
export type Feature = { readonly feature: string; readonly dead: readonly Spot[] };

/** Something that is used in a way that is easy to miss. */
export type Trap = { readonly trap: string; readonly alive: readonly Spot[] };

export const features: readonly Feature[] = [
  { feature: "unused file", dead: [{ file: "src/orphan.ts" }] },
  {
    feature: "two files that only load each other",
    dead: [{ file: "src/pair-left.ts" }, { file: "src/pair-right.ts" }],
  },
  {
    feature: "unused export, overloads too",
    dead: [
      { file: "src/exports.ts", name: "deadExport" },
      { file: "src/exports.ts", name: "deadOverload" },
    ],
  },
  {
    feature: "unused type and interface",
    dead: [
      { file: "src/exports.ts", name: "DeadType" },
      { file: "src/exports.ts", name: "DeadInterface" },
    ],
  },
  {
    feature: "export that only a dead export of another file uses",
    dead: [{ file: "src/chain-end.ts", name: "crossDead" }],
  },
  {
    feature: "chain of dead locals behind a dead export",
    dead: [
      { file: "src/chains.ts", name: "deadInner" },
      { file: "src/chains.ts", name: "deadInnermost" },
    ],
  },
  {
    feature: "two exports in two files that only call each other",
    dead: [
      { file: "src/cycle-a.ts", name: "cycleA" },
      { file: "src/cycle-b.ts", name: "cycleB" },
    ],
  },
  {
    feature: "two locals that only call each other",
    dead: [
      { file: "src/chains.ts", name: "localCycleA" },
      { file: "src/chains.ts", name: "localCycleB" },
    ],
  },
  {
    feature: "unused local, at module level and in a body",
    dead: [
      { file: "src/exports.ts", name: "deadLocal" },
      { file: "src/bodies.ts", name: "deadInBody" },
    ],
  },
  { feature: "unused import", dead: [{ file: "src/exports.ts", name: "deadImport" }] },
  { feature: "unused parameter, with its argument", dead: [{ file: "src/bodies.ts", name: "deadParameter" }] },
  { feature: "unused private member", dead: [{ file: "src/members.ts", name: "deadPrivate" }] },
  { feature: "unused public class member", dead: [{ file: "src/members.ts", name: "deadMethod" }] },
  { feature: "abstract member with its overrides", dead: [{ file: "src/classes.ts", name: "deadFamily" }] },
  { feature: "enum member", dead: [{ file: "src/enums.ts", name: "DeadSeason" }] },
  { feature: "member of a TypeScript namespace", dead: [{ file: "src/namespaces.ts", name: "deadUnit" }] },
  { feature: "object member", dead: [{ file: "src/objects.ts", name: "deadSetting" }] },
  { feature: "member of a type", dead: [{ file: "src/objects.ts", name: "deadDepth" }] },
  { feature: "JSX prop", dead: [{ file: "src/card.tsx", name: "deadProp" }] },
  { feature: "member of an imported module namespace", dead: [{ file: "src/tools.ts", name: "deadTool" }] },
  { feature: "name in a re-export", dead: [{ file: "src/barrelled.ts", name: "deadThroughBarrel" }] },
  { feature: "export * that nobody takes from", dead: [{ file: "src/starred.ts", name: "deadStarred" }] },
  { feature: "one value exported twice", dead: [{ file: "src/twice.ts", name: "deadAlias" }] },
  {
    feature: "unused dependency and development dependency",
    dead: [
      { file: "package.json", name: "never-imported" },
      { file: "package.json", name: "never-run" },
    ],
  },
  { feature: "catalog entry", dead: [{ file: "pnpm-workspace.yaml", name: "nobody-takes-it" }] },
  { feature: "code that only its own tests use", dead: [{ file: "src/tested.ts", name: "onlyTested" }] },
  { feature: "statement behind a return", dead: [{ file: "src/bodies.ts", name: "never printed" }] },
  {
    feature: "branch of a constant condition, and what only it uses",
    dead: [{ file: "src/bodies.ts", name: "onlyFromDeadBranch" }],
  },
  { feature: "branch behind a constant flag", dead: [{ file: "src/flags.ts", name: "planRoute" }] },
  { feature: "write-only variable", dead: [{ file: "src/bodies.ts", name: "writeOnly" }] },
  { feature: "write-only public property", dead: [{ file: "src/members.ts", name: "lastTouched" }] },
  { feature: "commented-out code", dead: [{ file: "src/comments.ts", name: "greetLoudly" }] },
  { feature: "directive without a reason", dead: [{ file: "src/comments.ts", name: "eslint-disable-next-line" }] },
  { feature: "class of a CSS module", dead: [{ file: "src/styles/card.module.css", name: "deadClass" }] },
  { feature: "key of a translation", dead: [{ file: "src/locales/en.json", name: "deadPhrase" }] },
];

export const traps: readonly Trap[] = [
  {
    trap: "namespace read by a computed key",
    alive: [
      { file: "src/icons.ts", name: "iconA" },
      { file: "src/icons.ts", name: "iconB" },
    ],
  },
  {
    trap: "namespace returned as an interface",
    alive: [
      { file: "src/runner.ts", name: "run" },
      { file: "src/runner.ts", name: "stop" },
    ],
  },
  { trap: "import() of a template", alive: [{ file: "src/plugins/lemon.ts" }] },
  { trap: "worker by new URL", alive: [{ file: "src/worker.ts" }] },
  {
    trap: "TypeScript namespace in use",
    alive: [{ file: "src/namespaces.ts" }, { file: "src/namespaces.ts", name: "metre" }],
  },
  { trap: "method called through a factory's result", alive: [{ file: "src/members.ts", name: "viaFactory" }] },
  { trap: "method called through an interface", alive: [{ file: "src/members.ts", name: "sweepFloor" }] },
  { trap: "override that is called through its base", alive: [{ file: "src/classes.ts", name: "open" }] },
  {
    trap: "enum that is enumerated",
    alive: [
      { file: "src/enums.ts", name: "Sweet" },
      { file: "src/enums.ts", name: "Sour" },
    ],
  },
  {
    trap: "object that is serialised",
    alive: [
      { file: "src/objects.ts", name: "kept" },
      { file: "src/objects.ts", name: "keptToo" },
    ],
  },
  { trap: "translation read by a computed key", alive: [{ file: "src/locales/en.json", name: "welcome" }] },
  { trap: "type of a module, declared", alive: [{ file: "src/env.d.ts" }] },
  {
    trap: "tool that CI or a script runs",
    alive: [
      { file: "package.json", name: "released-by-ci" },
      { file: "package.json", name: "esbuild" },
    ],
  },
];

/** The call that must survive although nobody imports the name it is assigned to. */
export const sideEffect = { file: "src/actions.ts", call: 'register("peel"' } as const;
