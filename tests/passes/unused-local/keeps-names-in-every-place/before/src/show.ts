export const show = (...values: unknown[]): void => {
  console.log(values);
};
