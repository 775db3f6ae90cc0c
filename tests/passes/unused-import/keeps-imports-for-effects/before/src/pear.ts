console.log("pear");
