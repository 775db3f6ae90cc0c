export type Spade = "spade";
