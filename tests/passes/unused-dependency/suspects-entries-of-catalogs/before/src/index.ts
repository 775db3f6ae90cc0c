export const plugin = "fruit-hose";
