import { autonomyLevels } from "../core/autonomy.ts";
import { NightsweepError } from "../core/errors.ts";
import { createCommand, examples, requiredChoice } from "../io/command-line.ts";
import type { Session } from "../session.ts";
import { createBacktestCommand } from "./backtest.ts";

const configFlag = ["--config <file>", "configuration to use instead of daemon.config.ts"] as const;

/** `nightsweep policy`: the tools of an owner who wants to know what a policy does. */
export function createPolicyCommand(session: Session) {
  return createCommand("policy")
    .description(
      "Tools for policies: check, print, test, and try them on recorded nights or on the past of a repository.",
    )
    .addHelpText("after", examples(["nightsweep policy check", "nightsweep policy backtest . --months 12"]))
    .addCommand(createCheckCommand(session))
    .addCommand(createPrintCommand(session))
    .addCommand(createSimulateCommand(session))
    .addCommand(createTestCommand(session))
    .addCommand(createPromoteCommand(session))
    .addCommand(createBacktestCommand(session));
}

function createCheckCommand(session: Session) {
  return createCommand("check")
    .description("Check the policies of the configuration, or one file. Ends with 1 when a rule can never match.")
    .argument("[file]", "a policy file; one called nightsweep.yml is checked as a repository's own")
    .option(...configFlag)
    .addHelpText("after", examples(["nightsweep policy check", "nightsweep policy check .github/nightsweep.yml"]))
    .action(async (file, { config }) => {
      const { checkPolicy } = await import("../policy-tools.ts");
      const { lines, isClean } = await checkPolicy(session, { file, config });
      print(session, lines);
      if (!isClean) session.finish(1);
    });
}

function createPrintCommand(session: Session) {
  return createCommand("print")
    .description("Print the policy that is in force for a repository, each value with where it comes from.")
    .argument("<repo>", "its name in the configuration, a path or a URL")
    .option(...configFlag)
    .addHelpText("after", examples(["nightsweep policy print .", "nightsweep policy print acme-web"]))
    .action(async (location, { config }) => {
      const { printEffectivePolicy } = await import("../policy-tools.ts");
      print(session, await printEffectivePolicy(session, { location, config }));
    });
}

function createSimulateCommand(session: Session) {
  return createCommand("simulate")
    .description("Say what recorded nights would have done under another policy, and what became of it.")
    .requiredOption("--policy <file>", "the policy to try")
    .option("--last <nights>", "how many of the last nights", "14")
    .option(...configFlag)
    .addHelpText("after", examples(["nightsweep policy simulate --policy new.yaml --last 14"]))
    .action(async ({ policy, last, config }) => {
      if (!/^[1-9]\d*$/.test(last)) throw new NightsweepError("USAGE", `--last ${last}; it takes a number of nights`);
      const { simulatePolicy } = await import("../simulate-policy.ts");
      print(session, await simulatePolicy(session, { policy, last: Number(last), config }));
    });
}

function createTestCommand(session: Session) {
  return createCommand("test")
    .description("Run tests of policies: candidates, and what must happen to each. Ends with 1 when one fails.")
    .argument("[place]", "a file or a folder of them", "policies/tests")
    .addHelpText("after", examples(["nightsweep policy test", "nightsweep policy test policies/tests/standard.yaml"]))
    .action(async (place) => {
      const { testPolicies } = await import("../test-policies.ts");
      const { lines, failed } = await testPolicies(session, place);
      print(session, lines);
      if (failed > 0) session.finish(1);
    });
}

function createPromoteCommand(session: Session) {
  return createCommand("promote")
    .description("Let a rule go further in a repository, or hold it back; `*` stands for every rule.")
    .argument("<repo>", "its name in the configuration, or its path")
    .argument("<rule>", "the id of the rule, or *")
    .addOption(requiredChoice("--to <level>", "how far it may go from now on", autonomyLevels))
    .requiredOption("--why <reason>", "the reason, for whoever asks later")
    .option(...configFlag)
    .addHelpText(
      "after",
      examples(['nightsweep policy promote acme-web proven-and-small --to automerge --why "12 of 12 merged"']),
    )
    .action(async (repo, rule, { to, why, config }) => {
      const { promote } = await import("../promote.ts");
      session.terminal.print(await promote(session, { repo, rule, level: to, why, config }));
    });
}

function print({ terminal }: Session, lines: readonly string[]): void {
  for (const line of lines) terminal.print(line);
}
