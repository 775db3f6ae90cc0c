export const orchard = "orchard";

function graft(depth: number): number {
  return depth === 0 ? 0 : prune(depth - 1);
}

function prune(depth: number): number {
  return depth === 0 ? 0 : graft(depth - 1);
}

const again = (depth: number): number => (depth === 0 ? 0 : again(depth - 1));
