import { store } from "./store.ts";

export const icon = (name: string): string => outline(name);

function outline(name: string): string {
  return store(name);
}
