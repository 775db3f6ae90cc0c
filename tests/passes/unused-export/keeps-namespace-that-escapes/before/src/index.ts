import * as fruits from "./fruits.ts";

export function pick(name: string): unknown {
  return (fruits as Record<string, unknown>)[name];
}
