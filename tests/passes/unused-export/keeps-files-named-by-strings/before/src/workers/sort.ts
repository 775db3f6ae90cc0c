export const sort = "sort";
