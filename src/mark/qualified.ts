import type { Hierarchy } from "./hierarchy.ts";
import { visitUses } from "./holder-uses.ts";
import type { MemberCandidate, MemberInput } from "./member-candidates.ts";

/*
 * The members of an enum, of a constant object and of a namespace have no other way in than the name of what holds them:
 * `Colour.Red` uses one member, and every other use of the name `Colour` as a value may use all of them.
 */

/** A declaration with members that may be dead. */
type Holder = {
  /** Stands for the whole being used. */
  readonly whole: number;
  readonly byName: ReadonlyMap<string, readonly number[]>;
  /** The names that are spelled behind its own, in live and dead code; "" for the whole. */
  readonly used: Set<string>;
};

/** Links what names a member, or takes the whole, to the members that it may use. */
export function linkQualified(candidates: readonly MemberCandidate[], hierarchy: Hierarchy, input: MemberInput): void {
  const holders = new Map<number, Holder>();
  for (const [holder, members] of Map.groupBy(candidates, (candidate) => candidate.holder)) {
    const whole = input.addName("");
    const byName = new Map<string, number[]>();
    for (const { node, member } of members) {
      input.link(whole, node);
      byName.set(member.name, [...(byName.get(member.name) ?? []), node]);
    }
    holders.set(holder, { whole, byName, used: new Set() });
  }
  visitUses({
    holders,
    hierarchy,
    input,
    visit: ({ holder, owner, use }) => {
      if (use?.typeOnly !== undefined) return;
      if (use !== undefined) holder.used.add(use.member ?? "");
      const targets = use?.member === undefined ? [holder.whole] : (holder.byName.get(use.member) ?? []);
      for (const target of targets) input.link(owner, target);
    },
  });
  for (const [node, holder] of holders) if (isCatalogue(holder)) input.link(node, holder.whole);
}

/**
 * What nobody takes a member of mirrors something outside, where its values come from; so does a long list of which most
 * is never named, such as the codes of a protocol.
 */
function isCatalogue({ byName, used }: Holder): boolean {
  const unused = [...byName.keys()].filter((name) => !used.has(name)).length;
  return used.size === 0 || (unused >= 6 && unused > byName.size / 2);
}
