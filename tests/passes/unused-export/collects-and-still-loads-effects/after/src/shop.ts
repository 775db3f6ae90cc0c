import "./log.ts";

export function sell(): number {
  return 1;
}
