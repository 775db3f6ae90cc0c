import { createCommand } from "../io/command-line.ts";
import type { Session } from "../session.ts";
import { createBacktestCommand } from "./backtest.ts";

/** `nightsweep policy`: the tools of an owner who wants to know what a policy does. */
export function createPolicyCommand(session: Session) {
  return createCommand("policy")
    .description("Tools for policies: try one on the past of a repository.")
    .addCommand(createBacktestCommand(session));
}
