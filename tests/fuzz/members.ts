import type { ItemPlan, MemberPlan } from "./plan.ts";

/** A member that others may use: by a call or a read, of the value itself or of one that the class makes. */
export type MemberName = { readonly name: string; readonly called: boolean; readonly onClass: boolean };

/** Few words, so that members of one spelling meet: one that is used keeps the others by its name. Most get a number. */
const words = ["weigh", "peel", "ripen", "core", "seed", "tag", "stalk", "bruise"];

/** The members of an item, each name once; the second of a name is left out. */
export function membersOf(item: ItemPlan): readonly (MemberPlan & { readonly name: string })[] {
  const taken = new Set<string>();
  return item.members.flatMap((member) => {
    const name = `${words[member.word % words.length] ?? ""}${member.use % 4 === 0 ? "" : String(member.word % 90)}`;
    if (taken.has(name) || (item.kind === "class" && name === "tag")) return [];
    taken.add(name);
    return [{ ...member, name }];
  });
}

/** How the members of a class or an object can be reached from outside. */
export function namesOfMembers(item: ItemPlan): readonly MemberName[] {
  if (item.kind !== "class" && item.kind !== "object") return [];
  return membersOf(item).flatMap(({ name, kind }) => {
    if (item.kind === "object") return [{ name, onClass: true, called: kind % 8 === 1 || kind % 8 === 2 }];
    const own = kind % 10;
    if (own === 4 || own === 8) return [];
    return [{ name, onClass: own === 1 || own === 5, called: own === 0 || own === 1 || own >= 7 }];
  });
}
