export const pick = (): string => "web";
