export default { name: "walnut" };
