console.log("apple");
