export const apple = "apple";
export const harvestPears = (): string => "pears";
export const harvestPlums = (): string => "plums";
export const harvestFigs = (): string => "figs";
