export const apple = (): string => "apple";
