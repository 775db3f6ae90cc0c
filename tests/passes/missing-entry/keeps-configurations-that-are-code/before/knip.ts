export default { entry: [] };
