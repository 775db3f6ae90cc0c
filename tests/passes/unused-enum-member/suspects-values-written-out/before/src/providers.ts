export enum Provider {
  Email = "email",
  Orchard = "orchard",
  Market = "market",
}
