#!/usr/bin/env node
await import("../lib/prune.js");
