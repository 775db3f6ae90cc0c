export const shell = "shell";
