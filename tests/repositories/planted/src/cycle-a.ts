import { cycleB } from "./cycle-b.ts";

export const cycleAInUse = 1;

export function cycleA(depth: number): number {
  return depth > 0 ? cycleB(depth - 1) : cycleAInUse;
}
