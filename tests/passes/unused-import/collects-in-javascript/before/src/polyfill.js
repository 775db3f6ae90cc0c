globalThis.orchard = true;
