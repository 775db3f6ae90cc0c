const pear = { colour: "green" };
export { pear as default };
