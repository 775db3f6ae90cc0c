import store from "fruit-store/deep";

export const lunch = store;
