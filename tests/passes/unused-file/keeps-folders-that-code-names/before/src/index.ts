declare function load(folder: string): void;

export const harvest = (): void => load("./src/models");
