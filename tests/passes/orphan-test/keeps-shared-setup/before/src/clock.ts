export const fakeClock = { now: 0 };
