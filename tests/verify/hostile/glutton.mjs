const all = [];
setInterval(() => all.push(Buffer.alloc(64 * 1024 * 1024, 1)), 5);
