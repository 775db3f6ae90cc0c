import { strength } from "./strength.ts";

export const wash = (): string => "wash";
export const crush = (what: string): string => what.repeat(strength);
