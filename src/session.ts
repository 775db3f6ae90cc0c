import type { Terminal } from "./io/terminal.ts";

/** 0: done; 1: something stopped; 2: wrong use or configuration. */
export type ExitCode = 0 | 1 | 2;

/** What a command gets from the process that it runs in: nothing reads the environment or the clock behind its back. */
export type Session = {
  readonly terminal: Terminal;
  readonly currentDirectory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Asks the person at the terminal; absent where nobody can answer. */
  readonly ask?: (question: string) => Promise<string>;
  /** Sets the exit code; without it a command that returns ends with 0. */
  readonly finish: (code: ExitCode) => void;
};
