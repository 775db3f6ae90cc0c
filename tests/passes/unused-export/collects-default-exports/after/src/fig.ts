export const figColour = "purple";
