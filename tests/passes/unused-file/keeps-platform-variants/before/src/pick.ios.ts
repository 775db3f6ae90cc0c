export const pick = (): string => "ios";
