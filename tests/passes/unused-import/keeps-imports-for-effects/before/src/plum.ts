console.log("plum");
