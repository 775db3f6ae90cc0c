console.log("pears are ripe");
