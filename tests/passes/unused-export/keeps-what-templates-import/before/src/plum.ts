const plum = "plum";
export default plum;
