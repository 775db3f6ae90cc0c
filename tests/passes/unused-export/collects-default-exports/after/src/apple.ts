export const appleColour = "red";
