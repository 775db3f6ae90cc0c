export const wash = (): string => "wash";
