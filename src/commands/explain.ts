import { createCommand, examples } from "../io/command-line.ts";
import type { Session } from "../session.ts";

/** `nightsweep explain`: the path from a root that keeps something alive, or why it is dead. */
export function createExplainCommand(session: Session) {
  return createCommand("explain")
    .description(
      "Say what keeps a file or a symbol alive (the path from a root), or why it is dead and what the policy says of it.",
    )
    .argument("<path|url>", "the repository")
    .argument("<file[#symbol]|id>", "file[#symbol], such as src/price.ts#formatCents, or the id of a candidate")
    .option("--ref <commit>", "look at this commit instead of the default branch")
    .option("--save-test <file>", "keep what the policy decides as a test for nightsweep policy test")
    .option("--config <file>", "configuration to use instead of daemon.config.ts")
    .addHelpText(
      "after",
      examples(["nightsweep explain . src/price.ts", "nightsweep explain . src/price.ts#formatCents"]),
    )
    .action(async (location, words, { ref, config, saveTest }) => {
      const { parseSubject } = await import("../explain-candidates.ts");
      const { explain } = await import("../look.ts");
      const subject = parseSubject(words);
      for (const line of await explain(session, { location, ref, config }, { subject, test: saveTest }))
        session.terminal.print(line);
    });
}
