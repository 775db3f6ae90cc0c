import { createCommand, examples } from "../io/command-line.ts";
import type { Session } from "../session.ts";
import type { Undone } from "../undo.ts";

/** `nightsweep undo`: prepares the return of one thing that a merged pull request took away. */
export function createUndoCommand(session: Session) {
  return createCommand("undo")
    .description("Prepare a pull request that brings back what one commit of a merged pull request took away.")
    .argument("<candidate>", "the candidate's id, as the commit and the report name it")
    .option("--repo <path|url>", "only this repository; may be given again", collect, [])
    .option("--dry-run", "do everything but publish")
    .option("--config <file>", "configuration to use instead of daemon.config.ts")
    .addHelpText("after", examples(["nightsweep undo unused-export:peel:0f3a9c1d2e4b-1a2b"]))
    .action(async (candidate, { repo, dryRun = false, config: named }) => {
      const { loadConfig, selectRepositories } = await import("../io/config-file.ts");
      const { undo } = await import("../undo.ts");
      const config = await loadConfig(named, session.currentDirectory);
      const repositories = selectRepositories(config, repo, session.currentDirectory);
      session.terminal.print(renderUndone(await undo({ ...session, config, repositories, dryRun }, candidate)));
    });
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function renderUndone({ repo, pullRequest, candidates, opening, branch }: Undone): string {
  const what = `${candidates.join(", ")} of ${repo}, which ${pullRequest} took away`;
  switch (opening.kind) {
    case "opened":
    case "already-open":
      return `${opening.pullRequest.url} brings back ${what}`;
    case "answered":
      return `${opening.pullRequest.url} was to bring back ${what}, and was ${opening.pullRequest.state}`;
    case "recorded":
      return `would open ${branch}, which brings back ${what}`;
    case "branch-taken":
      return `nothing was done: ${opening.because}`;
    default:
      return opening satisfies never;
  }
}
