export const receipt = (): string => "receipt";
