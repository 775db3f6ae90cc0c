import { left } from "./pair-left.ts";

export function right(depth: number): number {
  return depth > 0 ? left(depth - 1) : 1;
}
