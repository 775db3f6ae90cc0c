import type { RepoPath } from "../core/names.ts";
import { type NumberedNodes } from "./graph-nodes.ts";
import { isHook } from "./hooks.ts";
import { createHierarchy, type Hierarchy } from "./hierarchy.ts";
import type { ExportIndex } from "./export-index.ts";
import { ownerAt } from "./link-module.ts";
import { unknownPart, type Inner, type Member, type Mentions, type Module } from "./module.ts";
import { isTestPath } from "./paths.ts";

/*
 * Which members are alive, without types: class-hierarchy analysis by name. Whatever spells the name of a member in live
 * code, as a property, a key, an attribute or a word in a string, keeps every member of that name whose class is alive.
 * Relatives declare a name together, so theirs live and die together. What is private is named by its own class only.
 * It is sound as long as nobody outside the repository knows the class: a base or an interface from elsewhere, a
 * published package and the hooks of frameworks keep their members for good.
 */

/** What deciding on members needs to know. */
type Input = NumberedNodes & {
  readonly modules: readonly Module[];
  readonly exportIndex: ExportIndex;
  readonly isFrozen: (file: RepoPath) => boolean;
  /** Whether others may install the package of a file, and use what is in it. */
  readonly isPublished: (file: RepoPath) => boolean;
  /** Every word of the texts that are not parsed. */
  readonly foreignWords: ReadonlySet<string>;
  readonly link: (from: number, to: number) => void;
  /** Adds a node for a name. */
  readonly addName: (name: string) => number;
};

type Candidate = { readonly node: number; readonly holder: number; readonly module: number; readonly member: Member };

/**
 * Links each part to what keeps it: its holder for good, its name, or only its own class. Returns the members of the
 * classes that each module exports: whatever loads an entry may call them.
 */
export function linkMembers(input: Input): ReadonlyMap<number, readonly number[]> {
  const hierarchy = createHierarchy(input);
  const candidates = collectCandidates(input, hierarchy);
  const names = new Map<string, { readonly any: number; readonly loose: number }>();
  for (const { member } of candidates) {
    if (names.has(member.name)) continue;
    const any = input.addName(member.name);
    const loose = input.addName(member.name);
    input.link(loose, any);
    names.set(member.name, { any, loose });
  }
  for (const { node, member } of candidates) {
    const name = names.get(member.name);
    if (name !== undefined) input.link(member.privateTo === undefined ? name.any : name.loose, node);
  }
  linkFamilies(candidates, hierarchy, input);
  for (const [index, module] of input.modules.entries()) linkMentions(index, module, names, input);
  for (const candidate of candidates) linkWithin(candidate, input);
  return offeredMembers(candidates, hierarchy, input);
}

function collectCandidates(input: Input, hierarchy: Hierarchy): readonly Candidate[] {
  const { modules, nodesOf, holderOf } = input;
  const patterns = composedNames(modules);
  return modules.flatMap((module, index) =>
    module.inner.flatMap((part, at): readonly Candidate[] => {
      const node = nodesOf[index]?.inner[at] ?? -1;
      const holder = holderOf[node] ?? -1;
      const isOpen = hierarchy.isOpen(holder);
      const isKept =
        part.member === undefined ? part.keep !== undefined : stays(part, { module, isOpen, patterns }, input);
      if (isKept) input.link(holder, node);
      return isKept || part.member === undefined ? [] : [{ node, holder, module: index, member: part.member }];
    }),
  );
}

type Surroundings = { readonly module: Module; readonly isOpen: boolean; readonly patterns: readonly RegExp[] };

function stays({ keep, member }: Inner, { module, isOpen, patterns }: Surroundings, input: Input): boolean {
  if (keep !== undefined || member === undefined) return true;
  if (input.isFrozen(module.file) || isTestPath(module.file) || module.script) return true;
  if (input.foreignWords.has(member.name) || patterns.some((pattern) => pattern.test(member.name))) return true;
  return member.privateTo === undefined && (isOpen || isHook(member.name) || input.isPublished(module.file));
}

/** Names that are composed at run time, each as a pattern: what is known of it ends where a new word begins. */
function composedNames(modules: readonly Module[]): readonly RegExp[] {
  const composed = new Set(
    modules.flatMap(({ mentions }) => [...mentions.keys()].filter((name) => name.includes(unknownPart))),
  );
  return [...composed].map((name) => {
    const [before = "", behind = ""] = name.replaceAll("$", "\\$").split(unknownPart);
    const start = before === "" ? "" : `${before}(?=[A-Z0-9_$])`;
    return new RegExp(`^${start}.*${behind}$`);
  });
}

/** Members of one name in related classes: each keeps all others, through a node that stands for the family. */
function linkFamilies(candidates: readonly Candidate[], hierarchy: Hierarchy, input: Input): void {
  const families = Map.groupBy(
    candidates.filter(({ member }) => member.privateTo === undefined),
    ({ holder, member }) => `${hierarchy.familyOf(holder) ?? ""} ${member.name}`,
  );
  for (const relatives of families.values()) {
    const [first] = relatives;
    if (relatives.length < 2 || first === undefined) continue;
    const family = input.addName(first.member.name);
    for (const { node } of relatives) {
      input.link(node, family);
      input.link(family, node);
    }
  }
}

function offeredMembers(
  candidates: readonly Candidate[],
  hierarchy: Hierarchy,
  { modules }: Input,
): ReadonlyMap<number, readonly number[]> {
  const byHolder = Map.groupBy(
    candidates.filter(({ member }) => member.privateTo === undefined),
    ({ holder }) => holder,
  );
  return new Map(
    modules.map((module, index) => {
      const exported = new Set(module.exports.flatMap((entry) => hierarchy.declarationsOf(index, entry)));
      return [index, [...exported].flatMap((holder) => (byHolder.get(holder) ?? []).map(({ node }) => node))] as const;
    }),
  );
}

type NameNodes = ReadonlyMap<string, { readonly any: number; readonly loose: number }>;

function linkMentions(index: number, module: Module, names: NameNodes, input: Input): void {
  const link = (mentions: Mentions, kind: "any" | "loose") => {
    for (const [name, positions] of mentions) {
      const target = names.get(name)?.[kind];
      const nodes = input.nodesOf[index];
      if (target === undefined || nodes === undefined) continue;
      for (const owner of new Set(positions.map((at) => ownerAt(nodes, at)))) input.link(owner, target);
    }
  };
  link(module.mentions, "any");
  link(module.looseMentions, "loose");
}

/** What is private is used where its own class names it. */
function linkWithin({ node, module: index, member }: Candidate, { modules, nodesOf, link }: Input): void {
  const { privateTo } = member;
  const nodes = nodesOf[index];
  if (privateTo === undefined || nodes === undefined) return;
  for (const at of modules[index]?.mentions.get(member.name) ?? []) {
    if (at >= privateTo.start && at < privateTo.end) link(ownerAt(nodes, at), node);
  }
}
