export default "fig";
