import { choice, createCommand, examples } from "../io/command-line.ts";
import type { Session } from "../session.ts";

/** `nightsweep init`: a configuration and a first policy, and what is to be done on GitHub. */
export function createInitCommand(session: Session) {
  return createCommand("init")
    .description("Write daemon.config.ts and a first policy; asks for what is not given, where somebody can answer.")
    .option("--repository <path|url>", "sweep it; may be given again", collect, [])
    .addOption(choice("--forge <kind>", "where pull requests go", ["local", "github"], "local"))
    .option("--app <id>", "the id of your GitHub App")
    .option("--organisation <name>", "the organisation on GitHub that is to own the app")
    .option("--window <from-to>", "hours in which the daemon works, such as 22:00-06:00")
    .option("--time-zone <name>", "whose hours these are, such as Europe/Berlin")
    .option("--slack <variable>", "environment variable with an incoming webhook")
    .addOption(
      choice("--policy <name>", "what the policy begins with", ["conservative", "standard", "aggressive"], "standard"),
    )
    .option("--manifest", "print the manifest of the GitHub App as JSON, and write nothing")
    .addHelpText(
      "after",
      examples([
        "nightsweep init",
        "nightsweep init --repository ../shop",
        "nightsweep init --forge github --repository https://github.com/acme/shop.git --time-zone Europe/Berlin",
        "nightsweep init --manifest",
      ]),
    )
    .action(async (options) => {
      const { begin, printManifest } = await import("../begin.ts");
      if (options.manifest === true) printManifest(session);
      else await begin(session, options);
    });
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
