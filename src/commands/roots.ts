import { createCommand, examples } from "../io/command-line.ts";
import { listRoots } from "../look.ts";
import type { Session } from "../session.ts";

/** `nightsweep roots`: what is alive by definition, and why. */
export function createRootsCommand(session: Session) {
  return createCommand("roots")
    .description("List the roots of a repository: the files that are alive by definition, each with its reason.")
    .argument("<path|url>", "the repository")
    .option("--ref <commit>", "look at this commit instead of the default branch")
    .option("--config <file>", "configuration to use instead of daemon.config.ts")
    .addHelpText("after", examples(["nightsweep roots .", "nightsweep roots https://github.com/owner/name.git"]))
    .action(async (location, { ref, config }) => {
      for (const line of await listRoots(session, { location, ref, config })) session.terminal.print(line);
    });
}
