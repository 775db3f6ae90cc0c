export default (): string => "fig";
