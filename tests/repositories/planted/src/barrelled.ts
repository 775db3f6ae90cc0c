export const fromBarrel = "through";
export const deadThroughBarrel = "not through";
