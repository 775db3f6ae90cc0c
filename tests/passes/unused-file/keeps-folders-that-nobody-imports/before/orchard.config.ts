export default { rows: 3 };
