export const wash = "wash";
