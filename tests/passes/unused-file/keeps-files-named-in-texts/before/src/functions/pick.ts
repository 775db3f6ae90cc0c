export const handler = (): string => "pick";
