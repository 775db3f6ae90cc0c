import { knife } from "./knife.ts";

export default function graft(): string {
  return knife;
}
