/** Time as whatever waits needs it; tests bring one that does not really pass. */
export type Clock = {
  readonly now: () => Date;
  /** Rings once after some time unless it is put away before. */
  readonly alarm: (ms: number, ring: () => void) => Disposable;
  /** Waits; an abort ends it early, without an error. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
};

/** The clock of the machine; what waits for it does not keep the process alive. */
export function systemClock(now: () => Date): Clock {
  const alarm: Clock["alarm"] = (ms, ring) => {
    const timer = setTimeout(ring, ms);
    return {
      [Symbol.dispose]: () => {
        clearTimeout(timer);
      },
    };
  };
  return {
    now,
    alarm,
    pause: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) {
          resolve();
          return;
        }
        const end = () => {
          timer[Symbol.dispose]();
          signal.removeEventListener("abort", end);
          resolve();
        };
        const timer = alarm(ms, end);
        signal.addEventListener("abort", end);
      }),
  };
}
