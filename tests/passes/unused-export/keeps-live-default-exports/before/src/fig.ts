const fig = "fig";
export default fig;
export const leaf = "leaf";
