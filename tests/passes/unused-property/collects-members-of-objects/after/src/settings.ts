export const settings = {
  colour: "red",
  size: { width: 3 },
} as const;
