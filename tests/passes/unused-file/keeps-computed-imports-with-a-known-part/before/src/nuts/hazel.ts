export const hazel = "hazel";
