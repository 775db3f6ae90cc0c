console.log("teardown");
