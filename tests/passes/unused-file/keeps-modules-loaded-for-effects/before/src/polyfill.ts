globalThis.name = "orchard";
