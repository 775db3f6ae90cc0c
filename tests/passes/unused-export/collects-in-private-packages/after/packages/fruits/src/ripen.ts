globalThis.name = "ripe";
