console.log("apple");
export = 1;
