import { appleIcon } from "./icons.ts";

export const icon = appleIcon;
