/** @import { Till } from "./till.js" */
import { Drawer } from "./drawer.js";

/** @type {Till & Drawer} */
export const shop = {};
