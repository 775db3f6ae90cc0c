/** The time that one repository may spend on checks. */
export type Deadline = {
  /** Milliseconds until all of it is over; never less than nothing. */
  readonly leftMs: () => number;
  /** True when this share of the time is over. */
  readonly isOver: (share?: number) => boolean;
};

/** Starts the time of a repository. */
export function startDeadline(minutes: number): Deadline {
  const began = performance.now();
  const wholeMs = minutes * 60_000;
  const spentMs = (): number => performance.now() - began;
  return {
    leftMs: () => Math.max(0, wholeMs - spentMs()),
    isOver: (share = 1) => spentMs() >= wholeMs * share,
  };
}
