export const figColour = "purple";

export default () => figColour;
