export const rake = (): string => "rake";
