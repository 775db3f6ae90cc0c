export const plant = (...parts) => parts;
