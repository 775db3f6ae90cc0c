console.log("plum");
export {};
