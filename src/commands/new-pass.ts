import { createCommand, examples } from "../io/command-line.ts";
import type { Session } from "../session.ts";

/** `nightsweep new-pass`: a pass with its fixtures, registered, for those who work on nightsweep itself. */
export function createNewPassCommand({ terminal, currentDirectory }: Session) {
  return createCommand("new-pass")
    .description("Write a new pass with its fixtures and register it; for a checkout of nightsweep itself.")
    .argument("<name>", "lower case with hyphens, such as stale-flag")
    .addHelpText("after", examples(["nightsweep new-pass stale-flag"]))
    .action(async (name) => {
      const { scaffoldPass } = await import("../io/scaffold.ts");
      for (const file of await scaffoldPass(name, currentDirectory)) terminal.print(file);
      terminal.print("Now change its find, its doc and its fixtures, and run npm run docs.");
    });
}
