import { writeFile } from "node:fs/promises";
import path from "node:path";
import { NightsweepError } from "./core/errors.ts";
import { counted } from "./core/markdown.ts";
import type { Root } from "./core/marking.ts";
import { repoKey, type RepoKey } from "./core/names.ts";
import type { ProductionConfig } from "./core/production-schema.ts";
import { checkOut, type CheckedOut } from "./checkout/check-out.ts";
import { candidatesAbout, explainCandidates, keepAsTest, readMemory, type Subject } from "./explain-candidates.ts";
import { findCandidates } from "./find-candidates.ts";
import { loadConfigOrDefaults, type LoadedConfig } from "./io/config-file.ts";
import { isDirectory, readTextIfPresent } from "./io/files.ts";
import { readPolicy } from "./io/policy-file.ts";
import { resolveLocation } from "./io/location.ts";
import { sandboxFor } from "./io/sandbox-choice.ts";
import { explainDependency } from "./mark/explain-dependency.ts";
import { explainSubject, findNode, type Explanation, type ExplanationStep } from "./mark/explain.ts";
import type { Heap, Marked } from "./mark/heap.ts";
import { markRepository } from "./mark/mark.ts";
import { readConfiguredPolicy, withOwnPolicy } from "./night-policy.ts";
import { observeCandidates } from "./observe-candidates.ts";
import type { Session } from "./session.ts";
import { withKnipEntries } from "./sweep/knip-config.ts";

/** A repository to look at, as the command line names it. */
type Sight = {
  readonly location: string;
  readonly ref: string | undefined;
  readonly config: string | undefined;
  /** Ask the compiler too, as a night does. */
  readonly types?: boolean;
};

/**
 * What keeps a file or one of its symbols alive, or why it is dead, line by line; then for each candidate that is about
 * it what every layer of the policy says, rule by rule, and what was answered. Throws NOT_FOUND for neither.
 */
export async function explain(
  session: Session,
  sight: Sight,
  { subject, test }: { readonly subject: Subject; readonly test: string | undefined },
): Promise<readonly string[]> {
  const { signal, now } = session;
  return look(session, { ...sight, types: true }, async ({ heap }, { checkedOut, config, key, production }) => {
    const { directory, mirror, record } = checkedOut;
    const { commit } = record.base;
    const origin = { directory, mirror, commit, passes: undefined, now: now(), signal, withFixes: true };
    const memory = await readMemory(config, key);
    const known = { ledger: memory.ledger, production, files: checkedOut.files };
    const all = await observeCandidates(await findCandidates(heap, origin), known, origin);
    const wanted = candidatesAbout(all, subject);
    const alive = subject.kind === "place" ? explainPlace(heap, subject, wanted.length > 0) : [];
    const policy = await withOwnPolicy(await readConfiguredPolicy(config), { mirror, commit, signal });
    const lines = [...alive, ...explainCandidates(wanted, all, { policy, memory, now })];
    const [candidate] = wanted;
    if (test === undefined) return lines;
    if (candidate === undefined) throw new NightsweepError("NOT_FOUND", "a candidate to make a test of");
    const file = path.resolve(session.currentDirectory, test);
    return [...lines, await keepAsTest(file, config.policy, { candidate, policy })];
  });
}

/** What is no symbol or member, such as a parameter or a package, is explained by what was found of it, if anything was. */
function explainPlace(
  heap: Heap,
  { file, symbol }: { readonly file: string; readonly symbol: string | undefined },
  isFound: boolean,
): readonly string[] {
  if (symbol === undefined || findNode(heap, file, symbol) !== undefined)
    return renderExplanation(explainSubject(heap, file, symbol));
  if (isFound) return [];
  return heap.manifestTexts.has(file)
    ? explainDependency(heap, file, symbol)
    : renderExplanation(explainSubject(heap, file, symbol));
}

function renderExplanation(explanation: Explanation): readonly string[] {
  const { subject } = explanation;
  switch (explanation.kind) {
    case "alive":
      return [
        `${subject} is alive.`,
        `Root: ${explanation.root}`,
        ...renderPath(explanation.path),
        ...(explanation.keep === undefined ? [] : [`It stays with its holder: ${explanation.keep}`]),
        ...(explanation.doubt === undefined ? [] : [`Only its name keeps it. Types say: ${explanation.doubt}.`]),
      ];
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
    ...unknownTerritories(roots),
    ...alarms.map(({ kind, text }) => `alarm  ${kind}  (${text})`),
  ]);
}

/** Units without a known entry, with what would make them known. */
function unknownTerritories(roots: readonly Root[]): readonly string[] {
  const unknown = Map.groupBy(
    roots.filter(({ reason }) => reason.startsWith("unknown territory: ")),
    ({ reason }) => reason,
  );
  return [...unknown].map(
    ([reason, files]) =>
      `unknown  ${reason.replace("unknown territory: ", "")}  (${counted(files.length, "file")} kept; a production entry in the configuration of knip makes it known: nightsweep roots --propose)`,
  );
}

/**
 * What the configuration of knip lacks, as its text with a reason for each entry; written into the work tree when that is
 * wished for. Throws USAGE when a repository that is not a local folder is to be written to.
 */
export async function proposeRoots(session: Session, sight: Sight, write: boolean): Promise<readonly string[]> {
  const location = path.resolve(session.currentDirectory, sight.location);
  if (write && !(await isDirectory(location))) throw new NightsweepError("USAGE", "--write needs a local folder");
  return look(session, sight, async ({ heap: { proposal } }, { checkedOut: { directory } }) => {
    if (proposal === null) return ["The configuration of knip lacks nothing that could be written into it."];
    const { file, entries } = proposal;
    const text = withKnipEntries(await readTextIfPresent(path.join(write ? location : directory, file)), proposal);
    const reasons = entries.map(
      ({ workspace, pattern, because }) => `${workspace === "" ? "." : workspace}  ${pattern}  (${because})`,
    );
    if (!write) return [`${file}:`, text, ...reasons];
    await writeFile(path.join(location, file), text);
    return [...reasons, `written: ${file}`];
  });
}

/** The checkout that was marked, and under which configuration. */
type Looked = {
  readonly checkedOut: CheckedOut;
  readonly config: LoadedConfig;
  readonly key: RepoKey;
  readonly production: ProductionConfig | undefined;
};

/** Checks a repository out without installing anything, marks it, and gives the answer of `ask` about it. */
async function look<Answer>(
  session: Session,
  sight: Sight,
  ask: (marked: Marked, place: Looked) => Answer | Promise<Answer>,
): Promise<Answer> {
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
    installHosts: [],
    signal,
  });
  terminal.progress({ repo: key, stage: "mark" });
  const { flags } = await readPolicy(config.policy);
  const marked = await markRepository({
    flags,
    directory: checkedOut.directory,
    files: checkedOut.files,
    types: sight.types === true,
    memoryFolder: path.join(stateDirectory, "memory", key),
    sandbox,
    signal,
  });
  terminal.progress(null);
  const configured = config.repositories.find((one) => path.resolve(config.directory, one.location) === location);
  return await ask(marked, { checkedOut, config, key: configured?.key ?? key, production: configured?.production });
}
