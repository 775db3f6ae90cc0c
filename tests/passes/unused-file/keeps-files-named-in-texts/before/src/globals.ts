export const globals = "globals";
