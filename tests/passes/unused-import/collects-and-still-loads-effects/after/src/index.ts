import './apple.ts'
import "./pear.ts"; // pears
import "./barrel.ts";

export const orchard = "orchard";
