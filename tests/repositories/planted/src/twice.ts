export const first = "same";
export { first as deadAlias };
