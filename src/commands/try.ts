import { NightsweepError } from "../core/errors.ts";
import { categories, type Category } from "../core/policy.ts";
import type { RepoResult } from "../core/stage.ts";
import type { TryDocument } from "../core/try-document.ts";
import { createCommand, examples } from "../io/command-line.ts";
import type { Session } from "../session.ts";

/** `nightsweep try`: what would go from one repository; nothing is published and nothing is written into it. */
export function createTryCommand(session: Session) {
  return createCommand("try")
    .description("Show what would go from one repository, why, and how sure that is. Publishes nothing.")
    .argument("<path|url>", "the repository; a local one is cloned, its uncommitted work is not looked at")
    .option("--ref <commit>", "look at this commit instead of the default branch")
    .option(
      "--pass <name>",
      `only this pass; may be given again (${Object.keys(categories).join(", ")})`,
      collectPass,
      [],
    )
    .option("--no-verify", "do not install anything and run no checks: nothing is more than static")
    .option("--diff", "show the change of each candidate")
    .option("--json", "print one JSON document (reports/try.schema.json) instead of the list")
    .option(
      "--check",
      "exit with 1 when there is anything that no ambiguous root speaks for and that the policy does not ignore",
    )
    .option("--config <file>", "configuration to use instead of daemon.config.ts")
    .addHelpText(
      "after",
      examples([
        "nightsweep try .",
        "nightsweep try . --no-verify --diff",
        "nightsweep try ../shop --pass unused-export --json",
      ]),
    )
    .action(async (location, { ref, pass, verify, diff = false, json = false, check = false, config }) => {
      const { tryDocument } = await import("../core/try-document.ts");
      const { tryRepository } = await import("../try-repository.ts");
      const { renderTryList } = await import("./try-list.ts");
      const { result, diffs } = await tryRepository(session, { location, ref, passes: pass, verify, diff, config });
      const document = tryDocument(result);
      const lines = json
        ? [JSON.stringify(document, null, 2)]
        : [...renderTryList(document, diffs), ...renderNotes(result)];
      for (const line of lines) session.terminal.print(line);
      if (check && document.candidates.some(isSure)) session.finish(1);
      if (result.stopped === undefined) return;
      const { message, detail, advice } = result.stopped.error;
      for (const line of [`error: ${message}`, detail, advice]) if (line !== undefined) session.terminal.complain(line);
      session.finish(1);
    });
}

function renderNotes({ stages }: RepoResult): readonly string[] {
  return (stages.find?.notes ?? []).map(({ file, line, text }) => `note: ${file}:${line} ${text}`);
}

function isSure({ assurance, decision }: TryDocument["candidates"][number]): boolean {
  return assurance !== "suspected" && decision.action !== "ignore";
}

function collectPass(word: string, before: readonly Category[]): Category[] {
  const pass = Object.keys(categories).find((name): name is Category => name === word);
  if (pass !== undefined) return [...before, pass];
  throw new NightsweepError("USAGE", `pass "${word}"; the passes are ${Object.keys(categories).join(", ")}`);
}
