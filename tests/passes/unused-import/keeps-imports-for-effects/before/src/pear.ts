console.log("pear");
export {};
