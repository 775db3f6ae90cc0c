import type { Finding } from "../io/doctor.ts";
import { createCommand, examples } from "../io/command-line.ts";
import type { Session } from "../session.ts";

/** `nightsweep doctor`: whether a night can run here, and what to do where it cannot. */
export function createDoctorCommand(session: Session) {
  return createCommand("doctor")
    .description(
      "Check that a night can run here: programs, sandbox, configuration, policy, clock, disk, store, tokens, Slack.",
    )
    .option("--config <file>", "configuration to use instead of daemon.config.ts")
    .addHelpText("after", examples(["nightsweep doctor"]))
    .action(async ({ config }) => {
      const { examine } = await import("../io/doctor.ts");
      const findings = await examine({ ...session, config });
      for (const line of findings.flatMap(describe)) session.terminal.print(line);
      if (findings.some(({ ok }) => !ok)) session.finish(1);
    });
}

function describe({ ok, subject, finding, remedy }: Finding): readonly string[] {
  return [`${ok ? "ok  " : "FAIL"}  ${subject}: ${finding}`, ...(remedy === undefined ? [] : [`      ${remedy}`])];
}
