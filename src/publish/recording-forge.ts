import type { PullRequestDraft } from "../core/pull-request.ts";
import type { Forge } from "./forge.ts";
import type { StandingPort } from "./standing-port.ts";

/** The forge of a dry run: it knows what the real one knows, and keeps drafts to itself. */
export function createRecordingForge(real: Forge): Forge & { readonly drafts: readonly PullRequestDraft[] } {
  const drafts: PullRequestDraft[] = [];
  return {
    name: `${real.name} (dry run)`,
    drafts,
    admit: (signal) => real.admit(signal),
    fetch: (pullRequest, source, signal) => real.fetch(pullRequest, source, signal),
    list: (source, signal) => real.list(source, signal),
    mayWrite: (login, signal) => real.mayWrite(login, signal),
    open: (draft) => {
      drafts.push(draft);
      return Promise.resolve({ kind: "recorded" });
    },
    ...(real.standing === undefined ? {} : { standing: recordSteps(real.standing) }),
  };
}

/** Looks as the real one does, and keeps every write to itself. */
function recordSteps(real: StandingPort): StandingPort {
  return { ...real, perform: () => Promise.resolve({ kind: "recorded" }) };
}
