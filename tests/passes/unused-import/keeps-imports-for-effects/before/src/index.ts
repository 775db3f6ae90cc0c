import "./apple.ts";
import "fruit-store";
import "./style.css";
import {} from "./pear.ts";
import type {} from "./plum.ts";

export const orchard = "orchard";
