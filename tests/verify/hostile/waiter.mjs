setInterval(() => undefined, 400);
