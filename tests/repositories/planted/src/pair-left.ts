import { right } from "./pair-right.ts";

export function left(depth: number): number {
  return depth > 0 ? right(depth - 1) : 0;
}
