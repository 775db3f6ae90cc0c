process.on("exit", () => undefined);
