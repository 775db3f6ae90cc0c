import { counted } from "../core/markdown.ts";
import type { Action } from "./verdict.ts";

/** An action in a few plain words, for records and dry nights. */
export function renderAction(action: Action): string {
  switch (action.kind) {
    case "mark-ready":
      return "mark ready";
    case "request-review":
      return "request a review";
    case "close":
      return "close";
    case "label":
      return `label ${action.label}`;
    case "comment":
      return `comment: ${action.topic}`;
    case "delete-branch":
      return "delete its branch";
    case "remake":
      return `make anew with ${counted(action.candidates.length, "candidate")}, round ${action.round}`;
    case "arm-automerge":
      return "arm automerge";
    case "remember": {
      const { answer, candidates, until, rules } = action;
      const muted = rules.length === 0 ? "" : ` (${rules.join(", ")})`;
      return `remember ${answer}${muted}${until === null ? "" : ` until ${until}`}: ${counted(candidates.length, "candidate")}`;
    }
    default:
      return action satisfies never;
  }
}
