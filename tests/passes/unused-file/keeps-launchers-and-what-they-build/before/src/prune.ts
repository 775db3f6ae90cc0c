export const prune = "prune";
