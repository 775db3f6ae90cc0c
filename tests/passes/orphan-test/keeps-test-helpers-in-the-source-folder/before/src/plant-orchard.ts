export const plantOrchard = (): number => 3;
