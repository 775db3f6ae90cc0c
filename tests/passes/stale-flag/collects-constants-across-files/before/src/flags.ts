export const SALE = false;
export const MODE: "old" | "new" = "new";
export const TAX = true;
