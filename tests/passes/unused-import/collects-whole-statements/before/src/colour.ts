export type Colour = "red";
