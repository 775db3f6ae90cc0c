console.log("setup");
export {};
