export const orchard = "orchard";

function cut(weight: number): number;
function cut(name: string): string;
function cut(what: number | string): number | string {
  return what;
}

function slice(): string {
  return "slice";
}
slice.thickness = 2;

namespace peel {
  export const depth = 1;
}
