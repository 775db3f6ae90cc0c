import type { Garbage, Member } from "../core/candidate.ts";
import type { Category } from "../core/policy.ts";
import type { Heap } from "../mark/heap.ts";
import { garbageKey } from "./cluster-garbage.ts";
import { passes } from "./index.ts";

/** Runs the passes in their order, all or the named ones. What an earlier pass claimed is not found again. */
export function findGarbage(heap: Heap, names?: readonly Category[]): readonly Garbage[] {
  const claimed = new Set<string>();
  const found: Garbage[] = [];
  for (const pass of passes) {
    if (names !== undefined && !names.includes(pass.name)) continue;
    for (const garbage of pass.find(heap)) {
      const keys = garbage.members.map(memberKey);
      if (keys.length === 0 || keys.every((key) => claimed.has(key)) || isInClaimedFile(garbage, claimed)) continue;
      for (const key of keys) claimed.add(key);
      found.push(garbage);
    }
  }
  return withoutOrphanedNeeds(found);
}

/** Garbage that must go after other garbage is left alone when that other is not collected. */
function withoutOrphanedNeeds(garbage: readonly Garbage[]): readonly Garbage[] {
  const keys = new Set(garbage.map(garbageKey));
  const kept = garbage.filter((item) => item.requires.every((key) => keys.has(key)));
  return kept.length === garbage.length ? kept : withoutOrphanedNeeds(kept);
}

function memberKey(member: Member): string {
  return `${member.file}#${member.name}@${member.line}`;
}

function isInClaimedFile(garbage: Garbage, claimed: ReadonlySet<string>): boolean {
  const { file } = garbage.subject;
  return garbage.subject.line > 1 && claimed.has(`${file}#${file.slice(file.lastIndexOf("/") + 1)}@1`);
}
