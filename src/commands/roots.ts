import { createCommand, examples } from "../io/command-line.ts";
import type { Session } from "../session.ts";

/** `nightsweep roots`: what is alive by definition, and why. */
export function createRootsCommand(session: Session) {
  return createCommand("roots")
    .description("List the roots of a repository: the files that are alive by definition, each with its reason.")
    .argument("<path|url>", "the repository")
    .option("--ref <commit>", "look at this commit instead of the default branch")
    .option("--config <file>", "configuration to use instead of daemon.config.ts")
    .option("--propose", "print the configuration of knip with the entries that it lacks, each with its reason")
    .option("--write", "write that configuration into the work tree of a local repository")
    .addHelpText(
      "after",
      examples([
        "nightsweep roots .",
        "nightsweep roots . --propose",
        "nightsweep roots https://github.com/owner/name.git",
      ]),
    )
    .action(async (location, { ref, config, propose, write }) => {
      const { listRoots, proposeRoots } = await import("../look.ts");
      const sight = { location, ref, config };
      const lines =
        propose === true || write === true
          ? await proposeRoots(session, sight, write === true)
          : await listRoots(session, sight);
      for (const line of lines) session.terminal.print(line);
    });
}
