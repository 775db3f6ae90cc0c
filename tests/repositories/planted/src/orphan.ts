export const nobodyLoadsThis = "orphan";
