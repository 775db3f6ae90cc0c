import type { Hierarchy } from "./hierarchy.ts";
import { visitUses } from "./holder-uses.ts";
import type { MemberCandidate, MemberInput } from "./member-candidates.ts";

/*
 * A type says what a value has; whether anything has it is not known when the value comes from outside. So an optional
 * member that nothing names goes only when all that its type does is to describe parameters, and the values are made here:
 * whatever else the type asks for is written as a key or an attribute somewhere.
 */

/** Keeps the members of types that may describe something from outside. */
export function keepForeignTypes(
  candidates: readonly MemberCandidate[],
  hierarchy: Hierarchy,
  input: MemberInput,
): void {
  const holders = new Map([...Map.groupBy(candidates, ({ holder }) => holder).entries()]);
  const kept = new Set<readonly MemberCandidate[]>();
  const used = new Set<readonly MemberCandidate[]>();
  visitUses({
    holders,
    hierarchy,
    input,
    visit: ({ holder, use }) => {
      if (use === undefined) return;
      used.add(holder);
      if (use.typeOnly !== "parameter") kept.add(holder);
    },
  });
  const written = new Set(input.modules.flatMap(({ writtenKeys }) => [...writtenKeys]));
  for (const members of holders.values()) {
    const isMadeHere = members.every(({ beside }) => beside.length > 0 && beside.every((name) => written.has(name)));
    if (used.has(members) && !kept.has(members) && isMadeHere) continue;
    for (const { node, holder } of members) input.link(holder, node);
  }
}
