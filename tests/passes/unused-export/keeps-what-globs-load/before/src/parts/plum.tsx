export const plum = "part";
