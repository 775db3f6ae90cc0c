export const fig = "space";
