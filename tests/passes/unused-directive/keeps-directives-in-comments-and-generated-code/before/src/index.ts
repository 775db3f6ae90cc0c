export const apple = 1;

/** Ripe. `// eslint-disable-next-line no-console` is not for here. */
export const text = "// eslint-disable-line no-console";
{
  // It said:
  // // @ts-ignore
  // // eslint-disable-next-line no-console
}
export * from "./worker.js";
