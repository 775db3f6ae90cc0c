import { ladder, Season, type Size } from "./enums.ts";

export type Tree = { readonly season: Season; readonly size: Size.Large };

export const tree: Tree = JSON.parse("{}");
if (tree.season === Season.Spring) console.log(Season["Summer"], ladder);
