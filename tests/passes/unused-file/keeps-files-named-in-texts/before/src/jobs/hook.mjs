console.log("hook");
