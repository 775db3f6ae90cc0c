export default "fig";
export const leaf = "leaf";
export type Leaf = string;
