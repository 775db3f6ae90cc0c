export const pages = import.meta.glob("./pages/**/*.ts");
export const parts = import.meta.glob(["./parts/*.{ts,tsx}", "!./parts/*.test.ts"], { eager: true });
export const rooted = import.meta.glob("/src/rooted/*.ts");
