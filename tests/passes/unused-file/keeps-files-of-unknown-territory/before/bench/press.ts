export const press = "press";
