export const pearColour = "green";

const pear = { colour: pearColour };

export default pear;
