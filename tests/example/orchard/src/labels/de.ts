export const label = (name: string): string => `${name}, aus unserem Garten`;
