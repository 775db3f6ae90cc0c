export const prune = 1;
