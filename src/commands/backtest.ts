import { writeFile } from "node:fs/promises";
import path from "node:path";
import { intervals } from "../backtest/points.ts";
import { NightsweepError } from "../core/errors.ts";
import { choice, createCommand, examples } from "../io/command-line.ts";
import type { Session } from "../session.ts";

/** `nightsweep policy backtest`: what a policy would have proposed in the past, and what became of it. */
export function createBacktestCommand(session: Session) {
  return createCommand("backtest")
    .description("Look back on a repository's history: what a policy would have proposed, and what became of it.")
    .argument("<path|url>", "the repository, with its whole history; nothing is installed and none of its checks run")
    .option("--months <count>", "how far to look back from the newest commit", wholeNumber, 12)
    .addOption(choice("--every <interval>", "how far apart the commits are that are looked at", intervals, "week"))
    .option("--policy <file>", "policy to try, instead of the one in the configuration")
    .option("--max-regret <share>", "share of proposals that may be taken back into use later", readShare, 0.02)
    .option("--plot <file.svg>", "draw regret and yield against the age into a file")
    .option("--json", "print one JSON document with every proposal and symbol instead of the table")
    .option("--ref <commit>", "end at this commit instead of the tip of the default branch")
    .option("--config <file>", "configuration to use instead of daemon.config.ts")
    .addHelpText(
      "after",
      examples([
        "nightsweep policy backtest .",
        "nightsweep policy backtest ../shop --months 24 --policy policies/standard.yaml --plot regret.svg",
      ]),
    )
    .action(async (location, { months, every, policy, maxRegret, plot, json = false, ref, config }) => {
      const { backtestRepository } = await import("../backtest-repository.ts");
      const { plotBacktest } = await import("../backtest/plot.ts");
      const { renderBacktest } = await import("../backtest/render.ts");
      const wish = { location, months, every, policy, mostRegret: maxRegret, ref, config };
      const backtest = await backtestRepository(session, wish);
      session.terminal.progress(null);
      for (const line of json ? [JSON.stringify(backtest, null, 2)] : renderBacktest(backtest))
        session.terminal.print(line);
      if (plot === undefined) return;
      await writeFile(path.resolve(session.currentDirectory, plot), plotBacktest(backtest));
      session.terminal.complain(`drawn: ${plot}`);
    });
}

function wholeNumber(word: string): number {
  if (/^[1-9]\d{0,3}$/.test(word)) return Number(word);
  throw new NightsweepError("USAGE", `"${word}"; --months takes a whole number above 0`);
}

function readShare(word: string): number {
  const [, digits, sign] = /^(\d+(?:\.\d+)?)\s*(%?)$/.exec(word) ?? [];
  const share = Number(digits) / (sign === "%" ? 100 : 1);
  if (share > 0 && share < 1) return share;
  throw new NightsweepError("USAGE", `"${word}"; --max-regret takes a share such as 2% or 0.02`);
}
