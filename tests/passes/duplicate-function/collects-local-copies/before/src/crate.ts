export const crate = (fruit: string) => `crate of ${fruit}`;
