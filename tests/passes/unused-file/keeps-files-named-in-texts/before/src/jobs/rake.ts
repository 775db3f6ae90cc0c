console.log("rake");
