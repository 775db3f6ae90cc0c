import { Command, CommanderError, Option, type CommandUnknownOpts } from "@commander-js/extra-typings";

/** Where a program writes its help and its complaints. */
type Output = { readonly print: (text: string) => void; readonly complain: (text: string) => void };

/** A command whose options and arguments are typed; it throws instead of ending the process. */
export function createCommand(name: string): Command {
  return new Command(name).exitOverride();
}

/** A mandatory option with a fixed set of values. */
export function requiredChoice<const Flags extends string, const Values extends readonly string[]>(
  flags: Flags,
  description: string,
  values: Values,
) {
  return new Option(flags, description).choices(values).makeOptionMandatory();
}

/** An option with a fixed set of values, one of which it has when nothing is said. */
export function choice<const Flags extends string, const Values extends readonly string[]>(
  flags: Flags,
  description: string,
  values: Values,
  fallback: Values[number],
) {
  return new Option(flags, description).choices(values).default(fallback);
}

/** Shows how a command is called, below its help. */
export function examples(lines: readonly string[]): string {
  return ["", "Examples:", ...lines.map((line) => `  $ ${line}`)].join("\n");
}

/** Runs the subcommand that the words name; help and complaints go to `output`. Throws what `usageExitCode` knows. */
export async function runProgram(program: Command, words: readonly string[], output: Output): Promise<void> {
  for (const { command, path } of withSubcommands(program, ""))
    command.showHelpAfterError(`Run "nightsweep ${path}--help" for help.`).configureOutput({
      writeOut: (text) => {
        output.print(text.trimEnd());
      },
      writeErr: (text) => {
        output.complain(text.trimEnd());
      },
    });
  await program.parseAsync(words, { from: "user" });
}

/** A command and all below it, each with the words that lead to it. */
function withSubcommands(command: CommandUnknownOpts, path: string): readonly Titled[] {
  const below = command.commands.flatMap((one) => withSubcommands(one, `${path}${one.name()} `));
  return [{ command, path }, ...below];
}

type Titled = { readonly command: CommandUnknownOpts; readonly path: string };

/** 0 when help or the version was asked for, 2 for a wrong use, null when the error is none of the parser's. */
export function usageExitCode(error: unknown): 0 | 2 | null {
  if (!(error instanceof CommanderError)) return null;
  return error.exitCode === 0 ? 0 : 2;
}
