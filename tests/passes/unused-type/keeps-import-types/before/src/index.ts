export const weigh = (apple: import("./apple.ts").Apple): number => apple.weight;
export const all = (fruits: typeof import("./fruits.ts")): unknown => fruits;
export type Till = import("./till.ts").Money.Till;
