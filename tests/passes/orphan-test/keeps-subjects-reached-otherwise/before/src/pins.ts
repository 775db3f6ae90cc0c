// nightsweep-keep: shown in the handbook
export const pin = (): string => "pin";
