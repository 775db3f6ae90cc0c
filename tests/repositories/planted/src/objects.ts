export const settings = {
  colour: "red",
  deadSetting: "blue",
};

type Shape = {
  readonly width: number;
  readonly height: number;
  readonly deadDepth?: number;
};

export function readShape(shape: Shape): number {
  return shape.width * shape.height;
}

const everything = { kept: 1, keptToo: 2 };
console.log(JSON.stringify(everything));
