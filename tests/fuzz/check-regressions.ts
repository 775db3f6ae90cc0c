import { checkProgram } from "./check-program.ts";
import { readRegressions } from "./regression.ts";
import { openSweeper } from "./sweep-program.ts";

/** What came of one of them: `kept`, or what goes wrong again. */
type Outcome = { readonly name: string; readonly outcome: string };

/** Sweeps every program of `regressions/`, whole and each piece of garbage by itself. */
export async function checkRegressions(): Promise<readonly Outcome[]> {
  using sweeper = openSweeper();
  const outcomes: Outcome[] = [];
  for (const { name, language, tree } of readRegressions()) {
    const verdict = await checkProgram(tree, {
      sweeper,
      language,
      select: (garbage) => garbage.map((piece) => [piece]),
    });
    const outcome = verdict.kind === "broken" ? verdict.why : verdict.kind === "discarded" ? verdict.error : "kept";
    outcomes.push({ name, outcome });
  }
  return outcomes;
}
