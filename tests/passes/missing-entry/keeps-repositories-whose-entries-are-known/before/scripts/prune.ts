console.log("prune");
