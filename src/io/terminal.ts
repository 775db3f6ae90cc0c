/** What is going on, as one line: `[2/5] orchard  verify  tree 3, npm run test`. */
type Progress = {
  readonly repo: string;
  readonly stage: string;
  /** Counts and names within the stage. */
  readonly detail?: string;
  /** Which repository of how many. */
  readonly position?: { readonly index: number; readonly total: number };
};

/** The two streams of the command line: results on stdout, everything else on stderr. */
export type Terminal = {
  /** A line of the result. */
  readonly print: (text: string) => void;
  /** A line for people that is no result: warnings, errors. */
  readonly complain: (text: string) => void;
  /** Replaces the progress line; nothing is shown where stderr is not a terminal. `null` takes the line away. */
  readonly progress: (now: Progress | null) => void;
};

type OutputStream = {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
};

const tickMs = 1000;
const eraseLine = "\r\u001b[2K";

/** Writes to the given streams. The progress line shows the seconds since its stage began, and ticks while it stands. */
export function createTerminal(streams: { readonly stdout: OutputStream; readonly stderr: OutputStream }): Terminal {
  const { stdout, stderr } = streams;
  let shown: { readonly now: Progress; readonly since: number } | null = null;
  let ticking: NodeJS.Timeout | undefined;
  const erase = (): void => {
    if (shown !== null) stderr.write(eraseLine);
  };
  const draw = (): void => {
    if (shown === null) return;
    const seconds = Math.floor((performance.now() - shown.since) / 1000);
    const line = `${renderProgress(shown.now)}  ${seconds} s`;
    stderr.write(
      `${eraseLine}${Array.from(line)
        .slice(0, (stderr.columns ?? 80) - 1)
        .join("")}`,
    );
  };
  return {
    print: (text) => {
      erase();
      stdout.write(`${text}\n`);
      draw();
    },
    complain: (text) => {
      erase();
      stderr.write(`${text}\n`);
      draw();
    },
    progress: (now) => {
      if (stderr.isTTY !== true) return;
      erase();
      clearInterval(ticking);
      const same = now !== null && shown?.now.repo === now.repo && shown.now.stage === now.stage;
      shown = now === null ? null : { now, since: same && shown !== null ? shown.since : performance.now() };
      if (now === null) return;
      draw();
      ticking = setInterval(draw, tickMs).unref();
    },
  };
}

function renderProgress({ repo, stage, detail, position }: Progress): string {
  const where = position === undefined || position.total === 1 ? "" : `[${position.index}/${position.total}] `;
  return [`${where}${repo}`, stage, ...(detail === undefined ? [] : [detail])].join("  ");
}
