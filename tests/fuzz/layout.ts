import { findAccesses, namesOf, resolveName } from "./resolve-names.ts";
import { namesOfMembers, type MemberName } from "./members.ts";
import { pick, type ItemPlan, type Plan, type ReExportPlan } from "./plan.ts";

/** What a name can be used for. */
type BindingType = "function" | "class" | "object" | "value" | "variable" | "loader" | "log" | "registry" | "type";

/** One module-level name. `rank` orders all items: eager and unguarded uses only go to lower ranks, so nothing recurs. */
export type Binding = {
  readonly id: number;
  readonly module: number;
  /** Null for a default export without a name. */
  readonly local: string | null;
  readonly type: BindingType;
  readonly rank: number;
  readonly exported: ExportForm;
  readonly members: readonly MemberName[];
};

/** How a declaration is exported: not, by its keyword, by a list, under another name, as default, by keyword and list. */
type ExportForm = "none" | "keyword" | "list" | "alias" | "default" | "default-name" | "default-list" | "both";

/** What an exported name stands for. */
export type Target =
  { readonly kind: "binding"; readonly binding: Binding } | { readonly kind: "namespace"; readonly module: number };

/** How a module offers a name: by a declaration of its own, or from another module; `*` is a namespace. */
export type Entry =
  | { readonly kind: "own"; readonly binding: Binding }
  | { readonly kind: "from"; readonly module: number; readonly name: string };

/** One re-export statement. */
type ReExport = {
  readonly module: number;
  readonly source: number;
  readonly form: "star" | "named" | "namespace";
  readonly imported: string;
  readonly exported: string;
  /** Written as an import and an export list instead of one statement. */
  readonly inTwoSteps: boolean;
};

/** A way to a binding: import `name` from `module`, and read `member` from it when it is a namespace. */
export type Access = { readonly module: number; readonly name: string; readonly member?: string };

/** Which names exist, where they are exported, and how each can be reached. */
export type Layout = {
  readonly files: readonly string[];
  readonly bindings: readonly Binding[];
  readonly byRank: ReadonlyMap<number, readonly Binding[]>;
  readonly exports: readonly ReadonlyMap<string, Entry>[];
  readonly reExports: readonly ReExport[];
  readonly accesses: ReadonlyMap<number, readonly Access[]>;
  readonly exportNames: (module: number) => readonly string[];
  readonly resolve: (module: number, name: string) => Target | null;
};

const words = [
  "apple",
  "pear",
  "plum",
  "fig",
  "cherry",
  "quince",
  "String",
  "medlar",
  "grape",
  "sloe",
  "damson",
  "lime",
];
const folders = ["src", "src", "src/lib", "src/orchard"];

/** Ranks of the two fixed items; those of the plan follow. */
export const logRank = 0;
export const registryRank = 1;
export const firstRank = 2;

/** Places all names of a plan and works out what every export stands for. */
export function layOut(plan: Plan, language: "js" | "ts" | "cjs"): Layout {
  const ending = language === "ts" ? "ts" : "js";
  const files = plan.files.map((file, index) =>
    index === 0
      ? `src/main.${ending}`
      : `${pick(folders, file.folder) ?? "src"}/${file.folder % 5 === 4 ? `plug-${index}` : `module-${index}`}.${ending}`,
  );
  const draft: Draft = {
    count: files.length,
    bindings: [],
    exports: files.map(() => new Map()),
    taken: files.map(() => new Set(["depth", "run", "console", "Reflect", "Map", "Array", "Object"])),
    stars: files.map(() => []),
    isCommonJs: language === "cjs",
    reExports: [],
  };
  const fixedForm = (choice: number) => pick(["keyword", "list", "alias", "both"] as const, choice) ?? "keyword";
  declare(draft, {
    module: plan.log.module,
    word: "log",
    type: "log",
    rank: logRank,
    form: fixedForm(plan.log.exported),
  });
  const { registry } = plan;
  for (const word of ["register", "dispatch"])
    declare(draft, { module: registry.module, word, type: "registry", rank: registryRank, form: "keyword" });
  for (const [index, item] of plan.items.entries()) declareItem(draft, item, firstRank + index);
  for (const [index, item] of plan.types.entries()) declareType(draft, item, firstRank + plan.items.length + index);
  for (const reExport of plan.reExports) addReExport(draft, reExport);
  const resolve = (module: number, name: string) => resolveName(draft, { module, name }, new Set());
  const exportNames = (module: number) => [...namesOf(draft, module, new Set())];
  return {
    files,
    bindings: draft.bindings,
    byRank: Map.groupBy(draft.bindings, (binding) => binding.rank),
    exports: draft.exports,
    reExports: draft.reExports,
    accesses: findAccesses(files.length, { resolve, exportNames }),
    exportNames,
    resolve,
  };
}

type Draft = {
  readonly count: number;
  readonly isCommonJs: boolean;
  readonly bindings: Binding[];
  readonly exports: readonly Map<string, Entry>[];
  readonly taken: readonly Set<string>[];
  readonly stars: readonly number[][];
  readonly reExports: ReExport[];
};

type NewName = {
  readonly module: number;
  readonly word: string;
  readonly type: BindingType;
  readonly rank: number;
  readonly form: ExportForm;
  readonly members?: readonly MemberName[];
};

function declareItem(draft: Draft, item: ItemPlan, rank: number): void {
  if (item.kind === "statement") return;
  const count = item.kind === "declarators" || item.kind === "destructure" ? 2 : 1;
  const forms = [
    "none",
    "keyword",
    "keyword",
    "list",
    "alias",
    "default",
    "default-name",
    "default-list",
    "both",
  ] as const;
  const chosen = pick(forms, item.names[0].exported) ?? "none";
  for (const name of item.names.slice(0, count)) {
    const word = pick(words, name.word) ?? "apple";
    declare(draft, {
      module: item.module,
      // A class is spelled like one, but may share its name with a function elsewhere.
      word: item.kind === "class" && word !== "String" ? word.charAt(0).toUpperCase() + word.slice(1) : word,
      type: typeOf(item),
      rank,
      form: formFor(item, count, chosen),
      members: namesOfMembers(item),
    });
  }
}

/** A variable and a pair of names cannot be a default export, which would be a copy of the value. */
function formFor(item: ItemPlan, count: number, chosen: ExportForm): ExportForm {
  if (chosen === "default" && (count === 2 || item.kind === "variable")) return "keyword";
  return (chosen === "default-name" || chosen === "default-list") && count === 2 ? "list" : chosen;
}

function typeOf(item: ItemPlan): BindingType {
  if (item.kind === "constant" || item.kind === "declarators" || item.kind === "destructure") return "value";
  return item.kind === "statement" ? "value" : item.kind;
}

function declareType(draft: Draft, item: ItemPlan, rank: number): void {
  const word = pick(["Weight", "Basket", "Ripeness", "Tree", "Season"], item.names[0].word) ?? "Tree";
  const form = pick(["none", "keyword", "keyword", "list", "alias", "both"] as const, item.names[0].exported) ?? "none";
  declare(draft, { module: item.module, word, type: "type", rank, form });
}

function declare(draft: Draft, wanted: NewName): void {
  const module = wanted.module % draft.count;
  const exports = draft.exports[module];
  const isDefault = wanted.form.startsWith("default");
  const isTaken = draft.isCommonJs || exports?.has("default") === true;
  const form = isDefault && isTaken ? "keyword" : wanted.form;
  const local = form === "default" ? null : claim(draft.taken[module], wanted.word);
  const binding: Binding = {
    id: draft.bindings.length,
    module,
    local,
    type: wanted.type,
    rank: wanted.rank,
    exported: form,
    members: wanted.members ?? [],
  };
  draft.bindings.push(binding);
  for (const name of exportedNames(binding)) exports?.set(name, { kind: "own", binding });
}

/** A name that is free among the taken ones, and takes it. */
export function claim(taken: Set<string> | undefined, word: string): string {
  let name = word;
  for (let number = 2; taken?.has(name) === true; number += 1) name = `${word}${number}`;
  taken?.add(name);
  return name;
}

/** The names under which a declaration is exported. */
function exportedNames({ exported, local, id }: Binding): readonly string[] {
  const name = local ?? "default";
  const byForm = {
    none: [],
    keyword: [name],
    list: [name],
    alias: [`${name}Of${id}`],
    default: ["default"],
    "default-name": ["default"],
    "default-list": ["default", name],
    both: [name, `${name}Of${id}`],
  } as const satisfies Record<ExportForm, readonly string[]>;
  return byForm[exported];
}

function addReExport(draft: Draft, plan: ReExportPlan): void {
  const module = plan.module % draft.count;
  const source = plan.source % draft.count;
  const own = draft.exports[module];
  if (module === source || own === undefined || (draft.isCommonJs && source < module)) return;
  const base = { module, source, inTwoSteps: plan.form >= 500 };
  const kind = plan.form % 5;
  if (kind === 0) addStar(draft, base);
  else if (kind === 1) {
    const exported = claim(new Set(own.keys()), `all${source}`);
    own.set(exported, { kind: "from", module: source, name: "*" });
    draft.reExports.push({ ...base, form: "namespace", imported: "*", exported });
  } else addNamed(draft, base, plan);
}

function addNamed(draft: Draft, base: Omit<ReExport, "form" | "imported" | "exported">, plan: ReExportPlan): void {
  const own = draft.exports[base.module];
  const imported = pick([...(draft.exports[base.source]?.keys() ?? [])], plan.name);
  if (imported === undefined || own === undefined) return;
  const wanted =
    pick([imported, draft.isCommonJs ? imported : "default", pick(words, plan.word) ?? "apple"], plan.form % 5) ??
    imported;
  const exported = own.has(wanted) || wanted === "String" ? claim(new Set(own.keys()), `${imported}From`) : wanted;
  own.set(exported, { kind: "from", module: base.source, name: imported });
  draft.reExports.push({ ...base, form: "named", imported, exported });
}

function addStar(draft: Draft, base: Pick<ReExport, "module" | "source">): void {
  const stars = draft.stars[base.module];
  if (stars?.includes(base.source) !== false) return;
  stars.push(base.source);
  draft.reExports.push({ ...base, form: "star", imported: "*", exported: "*", inTwoSteps: false });
}
