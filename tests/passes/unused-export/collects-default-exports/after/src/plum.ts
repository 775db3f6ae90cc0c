export const plumColour = "blue";
