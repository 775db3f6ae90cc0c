import { appleColour } from "./apple.ts";
import { pearColour } from "./pear.ts";
import { plumColour } from "./plum.ts";
import { figColour } from "./fig.ts";

export const colours = [appleColour, pearColour, plumColour, figColour];
