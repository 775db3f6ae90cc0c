export const pick = (name: string) => name;
