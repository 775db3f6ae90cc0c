export const env: string;
