export const label = (name: string): string => `${name}, grown in our orchard`;
