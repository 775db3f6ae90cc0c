export const handler = (): string => "sort";
