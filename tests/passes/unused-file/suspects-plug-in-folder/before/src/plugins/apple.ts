console.log("apple plug-in");
