export const usedFruitName = "plum";
export const deadImport = "sloe";
