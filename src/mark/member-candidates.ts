import type { RepoPath } from "../core/names.ts";
import type { ExportIndex } from "./export-index.ts";
import type { NumberedNodes } from "./graph-nodes.ts";
import type { Hierarchy } from "./hierarchy.ts";
import { isHook } from "./hooks.ts";
import { unknownPart, type Inner, type Member, type Module } from "./module.ts";
import { isTestPath } from "./paths.ts";

/** The words of the texts that are not parsed. */
export type ForeignWords = {
  readonly inData: ReadonlySet<string>;
  /** In templates and other code. */
  readonly inCode: ReadonlySet<string>;
};

/** What deciding on members needs to know. */
export type MemberInput = NumberedNodes & {
  readonly modules: readonly Module[];
  readonly exportIndex: ExportIndex;
  readonly isFrozen: (file: RepoPath) => boolean;
  /** Whether others may install the package of a file, and use what is in it. */
  readonly isPublished: (file: RepoPath) => boolean;
  readonly foreignWords: ForeignWords;
  readonly link: (from: number, to: number) => void;
  /** Adds a node for a name. */
  readonly addName: (name: string) => number;
};

/** A part that may be dead, with its node, the node that holds it and the index of its module. */
export type MemberCandidate = {
  readonly node: number;
  readonly holder: number;
  readonly module: number;
  readonly member: Member;
  readonly kind: Inner["kind"];
  /** For a member of a type: what else its values must have. */
  readonly beside: readonly string[];
};

/** The parts that may be dead; every other part is linked from what holds it. */
export function collectCandidates(input: MemberInput, hierarchy: Hierarchy): readonly MemberCandidate[] {
  const { modules, nodesOf, holderOf } = input;
  const patterns = composedNames(modules);
  const isEnumerated = modules.some(listsMembers);
  return modules.flatMap((module, index) =>
    module.inner.flatMap((part, at): readonly MemberCandidate[] => {
      const node = nodesOf[index]?.inner[at] ?? -1;
      const holder = holderOf[node] ?? -1;
      const place = { module, index, holder, hierarchy, patterns, isEnumerated };
      const isKept = part.member === undefined ? isSpared(part, module, input) : stays(part, part.member, place, input);
      if (isKept) input.link(holder, node);
      if (isKept || part.member === undefined) return [];
      const { kind, member, beside = [] } = part;
      return [{ node, holder, module: index, member, kind, beside }];
    }),
  );
}

/** Code that is never reached stays where nothing may be swept. */
function isSpared({ keep }: Inner, { file }: Module, { isFrozen }: MemberInput): boolean {
  return keep !== undefined || isFrozen(file) || isTestPath(file);
}

type Place = {
  readonly module: Module;
  readonly index: number;
  readonly holder: number;
  readonly hierarchy: Hierarchy;
  readonly patterns: readonly RegExp[];
  /** Code here lists the members of classes at run time. */
  readonly isEnumerated: boolean;
};

function stays({ keep }: Inner, member: Member, place: Place, input: MemberInput): boolean {
  const { module, holder, hierarchy, patterns } = place;
  if (keep !== undefined || input.isFrozen(module.file) || isTestPath(module.file) || module.script) return true;
  if (isForeignWord(member.name, input.foreignWords)) return true;
  if (member.use === "qualified") return isOpenHolder(place, input);
  if (patterns.some((pattern) => pattern.test(member.name))) return true;
  if (member.use === "class") return false;
  return place.isEnumerated || hierarchy.isOpen(holder) || isHook(member.name) || input.isPublished(module.file);
}

function isForeignWord(name: string, { inData, inCode }: ForeignWords): boolean {
  return inData.has(name) || inCode.has(name);
}

/** Whether code that is not parsed, or not here, may know the declaration. */
function isOpenHolder({ module, index, holder, hierarchy }: Place, input: MemberInput): boolean {
  const at = input.nodesOf[index]?.declarations.indexOf(holder) ?? -1;
  const declaration = module.declarations[at];
  if (declaration === undefined || declaration.names.some((name) => input.foreignWords.inCode.has(name))) return true;
  if (module.commonJs) return true;
  return (
    input.isPublished(module.file) &&
    module.exports.some((entry) => hierarchy.declarationsOf(index, entry).includes(holder))
  );
}

/** Whether a module asks prototypes for their names: what is found so may be called without being spelled. */
function listsMembers({ mentions, file }: Module): boolean {
  const lists = ["getOwnPropertyNames", "getOwnPropertyDescriptors", "ownKeys"].some((name) => mentions.has(name));
  return lists && !isTestPath(file) && (mentions.has("prototype") || mentions.has("getPrototypeOf"));
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
