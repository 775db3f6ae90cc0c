import { cycleA } from "./cycle-a.ts";

export const cycleBInUse = 2;

export function cycleB(depth: number): number {
  return depth > 0 ? cycleA(depth - 1) : cycleBInUse;
}
