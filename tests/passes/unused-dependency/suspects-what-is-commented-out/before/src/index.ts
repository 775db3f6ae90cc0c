// import { plant } from "fruit-tree";
export const trees = [];
