import type { NightFigures } from "../core/night-document.ts";

/** One number that Prometheus reads, by the repository that it is about. */
type Gauge = {
  readonly name: string;
  readonly help: string;
  readonly valueOf: (repo: NightFigures["repositories"][number]) => number | null;
};

const gauges: readonly Gauge[] = [
  { name: "candidates", help: "Candidates that the last night found.", valueOf: ({ found }) => found },
  {
    name: "proposed",
    help: "Candidates in pull requests that the last night opened.",
    valueOf: ({ proposed }) => proposed,
  },
  { name: "lines_proposed", help: "Lines that they take away.", valueOf: ({ linesProposed }) => linesProposed },
  { name: "check_runs", help: "Runs of checks in the last night.", valueOf: ({ checkRuns }) => checkRuns },
  { name: "lines", help: "Lines of the repository.", valueOf: ({ size }) => size?.lines ?? null },
  { name: "dead_lines", help: "Lines that the candidates hold.", valueOf: ({ size }) => size?.deadLines ?? null },
  { name: "open_pull_requests", help: "Pull requests that wait.", valueOf: ({ standing }) => standing?.open ?? null },
  { name: "merged", help: "Candidates merged so far.", valueOf: ({ standing }) => standing?.merged ?? null },
  { name: "refused", help: "Candidates refused so far.", valueOf: ({ standing }) => standing?.refused ?? null },
  { name: "resurrected", help: "Candidates that came back.", valueOf: ({ standing }) => standing?.resurrected ?? null },
  {
    name: "stopped",
    help: "1 when the last night stopped there.",
    valueOf: ({ state }) => (state === "stopped" ? 1 : 0),
  },
];

/** The figures of the last night in the text format of Prometheus. */
export function renderMetrics(last: NightFigures | null): string {
  if (last === null) return "";
  const began = Date.parse(last.startedAt) / 1000;
  const whole = [
    ["night_started_timestamp_seconds", "When the last night began.", began],
    ["night_duration_seconds", "How long it took.", last.ms / 1000],
  ] as const;
  const lines = [
    ...whole.flatMap(([name, help, value]) => [...head(name, help), `nightsweep_${name} ${value}`]),
    ...gauges.flatMap(({ name, help, valueOf }) => [
      ...head(name, help),
      ...last.repositories.flatMap((repo) => {
        const value = valueOf(repo);
        return value === null ? [] : [`nightsweep_${name}{repository="${label(repo.repo)}"} ${value}`];
      }),
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

function head(name: string, help: string): readonly string[] {
  return [`# HELP nightsweep_${name} ${help}`, `# TYPE nightsweep_${name} gauge`];
}

function label(text: string): string {
  return text.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n");
}
