export const apple = "apple";
export const harvestPears = (): string => "pears";
