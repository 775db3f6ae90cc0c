declare const apples: number;
interface Plum {
  readonly fig: import("./fig.ts").Fig;
}
