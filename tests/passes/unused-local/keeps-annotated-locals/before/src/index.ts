export const orchard = "orchard";

// nightsweep-keep: the debugger shows it
const trees = 12;

export function count(): number {
  // nightsweep-keep: read by the profiler
  const started = 1;
  return 2;
}
