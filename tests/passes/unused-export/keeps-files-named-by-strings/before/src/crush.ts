export const crush = "crush";
