import { createCommand, examples } from "../io/command-line.ts";
import { explain } from "../look.ts";
import type { Session } from "../session.ts";

/** `nightsweep explain`: the path from a root that keeps something alive, or why it is dead. */
export function createExplainCommand(session: Session) {
  return createCommand("explain")
    .description("Say what keeps a file or a symbol alive (the path from a root), or why it is dead.")
    .argument("<path|url>", "the repository")
    .argument("<file[#symbol]>", "such as src/price.ts#formatCents; a path from the top of the repository")
    .option("--ref <commit>", "look at this commit instead of the default branch")
    .option("--config <file>", "configuration to use instead of daemon.config.ts")
    .addHelpText(
      "after",
      examples(["nightsweep explain . src/price.ts", "nightsweep explain . src/price.ts#formatCents"]),
    )
    .action(async (location, subject, { ref, config }) => {
      const [file = "", symbol] = subject.split("#", 2);
      for (const line of await explain(session, { location, ref, config }, { file, symbol }))
        session.terminal.print(line);
    });
}
