import { join } from "node:path";
import { counted } from "./core/markdown.ts";
import { repoKey } from "./core/names.ts";
import { checkOut } from "./checkout/check-out.ts";
import { loadConfigOrDefaults } from "./io/config-file.ts";
import { resolveLocation } from "./io/location.ts";
import { sandboxFor } from "./io/sandbox-choice.ts";
import { explainSubject, type Explanation, type ExplanationStep } from "./mark/explain.ts";
import type { Marked } from "./mark/heap.ts";
import { markRepository } from "./mark/mark.ts";
import type { Session } from "./session.ts";

/** A repository to look at, as the command line names it. */
type Sight = {
  readonly location: string;
  readonly ref: string | undefined;
  readonly config: string | undefined;
};

/** What keeps a file or one of its symbols alive, or why it is dead, line by line. Throws NOT_FOUND for neither. */
export async function explain(
  session: Session,
  sight: Sight,
  subject: { readonly file: string; readonly symbol: string | undefined },
): Promise<readonly string[]> {
  return look(session, sight, ({ heap }) => renderExplanation(explainSubject(heap, subject.file, subject.symbol)));
}

function renderExplanation(explanation: Explanation): readonly string[] {
  const { subject } = explanation;
  switch (explanation.kind) {
    case "alive":
      return [`${subject} is alive.`, `Root: ${explanation.root}`, ...renderPath(explanation.path)];
    case "tests-only":
      return [`${subject} is used by tests only.`, `Weak root: ${explanation.root}`, ...renderPath(explanation.path)];
    case "dead": {
      // Its own export is how others could use it, not a use.
      const others = explanation.usedBy.filter(
        ({ file, name }) => subject !== `${file}#${name.replace(/^export /, "")}`,
      );
      const users = others.map(({ file, line, name }) => `  ${file}:${line} ${name}`);
      const used = users.length === 0 ? ["Nothing uses it."] : ["Only dead code uses it:", ...users];
      return [`${subject} is dead: none of ${counted(explanation.roots, "root")} reaches it.`, ...used];
    }
    default:
      return explanation satisfies never;
  }
}

function renderPath(steps: readonly ExplanationStep[]): readonly string[] {
  return steps.map(({ file, line, name }, depth) => `${"  ".repeat(depth + 1)}${file}:${line} ${name}`);
}

/** The roots of a repository with their reasons, what is unknown territory, and what makes it report-only. */
export async function listRoots(session: Session, sight: Sight): Promise<readonly string[]> {
  return look(session, sight, ({ marking: { roots, units, alarms } }) => [
    ...roots.map(({ file, strength, purpose, reason }) => `${strength}  ${purpose}  ${file}  (${reason})`),
    ...units.flatMap(({ name, unknown }) => (unknown === undefined ? [] : [`unknown  ${name}  (${unknown})`])),
    ...alarms.map(({ kind, text }) => `alarm  ${kind}  (${text})`),
  ]);
}

/** Checks a repository out without installing anything, marks it, and gives the answer of `ask` about it. */
async function look<Answer>(session: Session, sight: Sight, ask: (marked: Marked) => Answer): Promise<Answer> {
  const { terminal, signal, currentDirectory, environment } = session;
  const config = await loadConfigOrDefaults(sight.config, currentDirectory, environment);
  const { stateDirectory } = config;
  const location = await resolveLocation(sight.location, { directory: currentDirectory, stateDirectory, signal });
  const key = repoKey(location);
  terminal.progress({ repo: key, stage: "checkout" });
  const sandbox = await sandboxFor(sight, config.sandbox, signal);
  await using checkedOut = await checkOut({
    location,
    key,
    stateDirectory,
    ...(sight.ref === undefined ? {} : { ref: sight.ref }),
    install: false,
    installMinutes: config.limits.installMinutes,
    sandbox,
    resources: config.limits,
    signal,
  });
  terminal.progress({ repo: key, stage: "mark" });
  const marked = await markRepository({
    directory: checkedOut.directory,
    files: checkedOut.files,
    memoryFolder: join(stateDirectory, "memory", key),
    sandbox,
    signal,
  });
  terminal.progress(null);
  return ask(marked);
}
