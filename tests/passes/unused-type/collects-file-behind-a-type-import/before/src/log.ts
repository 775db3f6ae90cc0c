console.log("loaded");

export type Log = string;
