import { ownerAt } from "./link-module.ts";
import { createHierarchy, type Hierarchy } from "./hierarchy.ts";
import { collectCandidates, type MemberCandidate, type MemberInput } from "./member-candidates.ts";
import type { Mentions, Module } from "./module.ts";
import { linkQualified } from "./qualified.ts";
import { keepForeignTypes } from "./type-members.ts";

/*
 * Which members are alive, without types: class-hierarchy analysis by name. Whatever spells the name of a member in live
 * code, as a property, a key, an attribute or a word in a string, keeps every member of that name whose class is alive.
 * Relatives declare a name together, so theirs live and die together. What is private is named by its own class only.
 * It is sound as long as nobody outside the repository knows the class: a base or an interface from elsewhere, a
 * published package and the hooks of frameworks keep their members for good.
 */

/**
 * Links each part to what keeps it: its holder for good, its name, or only its own class. Returns the members of the
 * classes that each module exports: whatever loads an entry may call them.
 */
export function linkMembers(input: MemberInput): ReadonlyMap<number, readonly number[]> {
  const hierarchy = createHierarchy(input);
  const candidates = collectCandidates(input, hierarchy);
  const spelled = candidates.filter(({ member }) => member.use !== "qualified");
  const names = addNames(spelled, input);
  linkFamilies(spelled, hierarchy, input);
  for (const [index, module] of input.modules.entries()) linkMentions(index, module, names, input);
  for (const candidate of spelled) linkWithin(candidate, input);
  keepUnspelledClasses(spelled, input);
  keepForeignTypes(
    candidates.filter(({ kind }) => kind === "type-member"),
    hierarchy,
    input,
  );
  linkQualified(
    candidates.filter(({ member }) => member.use === "qualified"),
    hierarchy,
    input,
  );
  return offeredMembers(candidates, hierarchy, input);
}

type NameNodes = ReadonlyMap<string, { readonly any: number; readonly loose: number }>;

/** A node for each name, and one for its loose mentions; each leads to the members of that name. */
function addNames(candidates: readonly MemberCandidate[], input: MemberInput): NameNodes {
  const names = new Map<string, { readonly any: number; readonly loose: number }>();
  for (const { node, member } of candidates) {
    const known = names.get(member.name);
    const name = known ?? { any: input.addName(member.name), loose: input.addName(member.name) };
    if (known === undefined) input.link(name.loose, name.any);
    names.set(member.name, name);
    input.link(member.use === "name" ? name.any : name.loose, node);
  }
  return names;
}

/** Members of one name in related classes: each keeps all others, through a node that stands for the family. */
function linkFamilies(candidates: readonly MemberCandidate[], hierarchy: Hierarchy, input: MemberInput): void {
  const families = Map.groupBy(
    candidates.filter(({ member }) => member.use === "name"),
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
  candidates: readonly MemberCandidate[],
  hierarchy: Hierarchy,
  { modules }: MemberInput,
): ReadonlyMap<number, readonly number[]> {
  const byHolder = Map.groupBy(
    candidates.filter(({ member }) => member.use !== "class"),
    ({ holder }) => holder,
  );
  return new Map(
    modules.map((module, index) => {
      const exported = new Set(module.exports.flatMap((entry) => hierarchy.declarationsOf(index, entry)));
      return [index, [...exported].flatMap((holder) => (byHolder.get(holder) ?? []).map(({ node }) => node))] as const;
    }),
  );
}

function linkMentions(index: number, module: Module, names: NameNodes, input: MemberInput): void {
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

/**
 * A class of which nothing is ever spelled is not idle: its objects are made for somebody outside, who calls them by the
 * names of a type that is not here.
 */
function keepUnspelledClasses(candidates: readonly MemberCandidate[], { modules, link }: MemberInput): void {
  const methods = candidates.filter(({ kind, member }) => kind === "class-member" && member.use === "name");
  for (const [holder, own] of Map.groupBy(methods, (candidate) => candidate.holder)) {
    const parts = new Set(own.map(({ member }) => member.name));
    const isSpelled = modules.some(({ mentions }) => [...parts].some((name) => mentions.has(name)));
    if (!isSpelled && own.length === publicMethods(own, modules)) for (const { node } of own) link(holder, node);
  }
}

/** How many methods the class of some members has that are not private. */
function publicMethods([first]: readonly MemberCandidate[], modules: readonly Module[]): number {
  const inner = modules[first?.module ?? -1]?.inner ?? [];
  const own =
    inner.find(({ member }) => member?.keys[0] === first?.member.keys[0])?.name.replace(/\.[^.]*$/, ".") ?? "";
  return inner.filter(
    ({ kind, name, member }) => kind === "class-member" && member?.use === "name" && name.startsWith(own),
  ).length;
}

/** What is private is used where its own class names it. */
function linkWithin({ node, module: index, member }: MemberCandidate, { modules, nodesOf, link }: MemberInput): void {
  const nodes = nodesOf[index];
  if (member.use !== "class" || nodes === undefined) return;
  const { within } = member;
  for (const at of modules[index]?.mentions.get(member.name) ?? []) {
    if (at >= within.start && at < within.end) link(ownerAt(nodes, at), node);
  }
}
