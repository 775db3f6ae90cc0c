import "fruit-tree"; export const made = { "fruit-hat": "catalog:" };
