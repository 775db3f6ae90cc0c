export const press = 1;
