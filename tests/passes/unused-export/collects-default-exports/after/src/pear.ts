export const pearColour = "green";
