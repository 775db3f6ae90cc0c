import { counted, duration } from "../core/markdown.ts";
import type { Backtest, SymbolStory } from "./describe.ts";
import { fewestProposals, lookAheadDays, sampleFor, type Row, type Share } from "./statistics.ts";

/** At most this many symbols of a kind are listed; the JSON document has all. */
const mostListed = 20;

/** A backtest as lines for a terminal. */
export function renderBacktest(backtest: Backtest): readonly string[] {
  return [
    ...renderHead(backtest),
    "",
    ...renderTable(backtest.rows),
    "",
    ...renderRecommendation(backtest),
    ...renderStories("Taken back into use later (the regret):", backtest.symbols, ["taken-back", "returned"]),
    ...renderStories("Deleted by people later:", backtest.symbols, ["deleted"]),
    ...renderStories(
      "Alive again though no commit names it, since entries or settings changed (no regret; was it public all along?):",
      backtest.symbols,
      ["reached"],
    ),
    "",
    ...limitations,
  ];
}

function renderHead({ repository, branch, tip, policy, window, points }: Backtest): readonly string[] {
  const seen = points.filter((point) => point.kind === "seen");
  const alarmed = seen.filter(({ alarms }) => alarms.length > 0);
  const computed = seen.flatMap(({ ms }) => ms ?? []);
  const mean = computed.reduce((sum, ms) => sum + ms, 0) / computed.length;
  const days = `${points[0]?.date.slice(0, 10) ?? ""} to ${points.at(-1)?.date.slice(0, 10) ?? ""}`;
  const recorded = seen.length - computed.length;
  const took =
    computed.length === 0
      ? "all points were on record"
      : `${duration(mean)} a commit${recorded === 0 ? "" : `, ${recorded} were on record`}`;
  return [
    `Backtest of ${repository} at ${tip.slice(0, 12)} (${branch}), policy ${policy}`,
    `${counted(seen.length, "commit")}, one a ${window.every}, ${days}; ${took}`,
    ...reasons(
      "left out",
      points.flatMap((point) => (point.kind === "skipped" ? [point.because] : [])),
    ),
    ...reasons(
      "would only be reported on",
      alarmed.map(({ alarms }) => alarms[0] ?? ""),
    ),
    ...reasons(
      "could not be asked for all entries",
      seen.flatMap(({ unread }) => unread.slice(0, 1)),
    ),
  ];
}

function reasons(what: string, texts: readonly string[]): readonly string[] {
  return [...Map.groupBy(texts, (text) => text)].map(
    ([text, all]) => `${counted(all.length, "commit")} ${what}: ${text.split("\n")[0] ?? ""}`,
  );
}

const header = [
  "",
  "proposed",
  "symbols",
  "lines",
  "deleted later",
  "lead",
  "still there",
  "taken back",
  "regret (95 %)",
];

function renderTable(rows: readonly Row[]): readonly string[] {
  const cells = rows.map((row) => [
    row.variant,
    String(row.proposals),
    String(row.symbols),
    String(row.lines),
    String(row.deleted),
    row.medianLeadDays === null ? "-" : `${row.medianLeadDays} d`,
    String(row.there),
    String(row.takenBack),
    row.regret === null ? "-" : share(row.regret),
  ]);
  const widths = header.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  const recent = rows.find(({ age }) => age === null)?.recent ?? 0;
  return [
    ...[header, ...cells].map(line),
    `Not counted: ${counted(recent, "proposal")} (as written) of the last ${lookAheadDays} days, too young to know.`,
  ];
}

/** A share with its interval, as people write it: `4.2 % (1.6 to 10.3 %)`. */
function share({ rate, low, high }: Share): string {
  return `${percent(rate)} % (${percent(low)} to ${percent(high)} %)`;
}

function percent(rate: number): string {
  return (rate * 100).toFixed(1);
}

function renderRecommendation({ recommendation, mostRegret }: Backtest): readonly string[] {
  const most = `${percent(mostRegret)} %`;
  if (recommendation.kind === "none") return [`No recommendation: ${reasonsForNone(most)[recommendation.because]}.`];
  const { row, isSure } = recommendation;
  const regret = row.regret === null ? "" : share(row.regret);
  const first = `Recommended: minAgeDays ${row.age ?? 0}, the best yield with a regret of at most ${most}: ${row.proposals - row.takenBack} of ${row.proposals} proposals would not have been missed; regret ${regret}.`;
  if (isSure) return [first];
  return [
    first,
    `This sample cannot rule out a regret above ${most}: that takes ${sampleFor(mostRegret)} proposals without one.`,
  ];
}

function reasonsForNone(most: string): Record<NoRecommendation, string> {
  return {
    "nothing-proposed": "nothing would have been proposed early enough to see what becomes of it",
    "too-few": `fewer than ${fewestProposals} proposals cannot tell one age from another; look further back (--months) or wait`,
    "too-much-regret": `every age has a regret of more than ${most}`,
  };
}

type NoRecommendation = Extract<Backtest["recommendation"], { readonly kind: "none" }>["because"];

function renderStories(
  title: string,
  stories: readonly SymbolStory[],
  fates: readonly SymbolStory["fate"][],
): readonly string[] {
  const wanted = stories.filter(({ fate }) => fates.includes(fate));
  if (wanted.length === 0) return [];
  const shown = wanted.toSorted((one, other) => (one.date ?? "").localeCompare(other.date ?? "")).slice(0, mostListed);
  const rest = wanted.length - shown.length;
  return ["", title, ...shown.map(renderStory), ...(rest > 0 ? [`  and ${rest} more (--json)`] : [])];
}

function renderStory({ file, name, since, fate, date, by }: SymbolStory): string {
  const what = `  ${file}#${name}  dead since ${since.date.slice(0, 10)}`;
  const when = `${fateWords[fate]} ${date?.slice(0, 10) ?? ""}`.trimEnd();
  return `${what}, ${when}${by === null ? "" : ` in ${by.commit.slice(0, 10)} ${by.subject}`}`;
}

const fateWords = {
  deleted: "deleted",
  returned: "deleted and back by",
  "taken-back": "used again",
  reached: "reached by",
  there: "there",
} as const satisfies Record<SymbolStory["fate"], string>;

/** What a backtest does not see; it is said each time. */
const limitations: readonly string[] = [
  "What this leaves out: nothing is installed and no check runs, so what the checks would have stopped counts as proposed;",
  "members that only types can tell apart count as used; settings of tools that need their packages to load may name fewer",
  "entries than in a night. Parameters, imports, comments and words export are not followed, since nothing of them has a",
  "name that lasts. A proposal is a candidate; several that one commit takes back make the interval too narrow.",
];
