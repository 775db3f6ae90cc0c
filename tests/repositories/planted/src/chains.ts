import { crossDead } from "./chain-end.ts";

export function visibleStep(size: number): number {
  return size + 1;
}

export function deadCaller(): number {
  return crossDead() + deadInner();
}

function deadInner(): number {
  return deadInnermost() * 2;
}

function deadInnermost(): number {
  return 4;
}

function localCycleA(depth: number): number {
  return depth > 0 ? localCycleB(depth - 1) : 0;
}

function localCycleB(depth: number): number {
  return localCycleA(depth);
}
