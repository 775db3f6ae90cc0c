export const hazel = "hazel";
export default { name: "walnut" };
