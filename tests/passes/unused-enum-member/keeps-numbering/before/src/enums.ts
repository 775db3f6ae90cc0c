export enum Level {
  Low,
  Middle,
  High,
}

export enum State {
  // nightsweep-keep: stored in the old baskets
  Green = "green",
  Ripe = "ripe",
  Rotten = decay(),
}

function decay(): number {
  console.log("decays");
  return 3;
}
