export const shades = { dark: "black" };
