export type Options = object;
