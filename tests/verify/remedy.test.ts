import { expect, it } from "vitest";
import { remediesFor } from "../../src/verify/remedy.ts";

it.each([
  ["Error: connect ECONNREFUSED 127.0.0.1:5432", "its checks want PostgreSQL on port 5432: have it started"],
  ["AggregateError [ECONNREFUSED]:\n    at x {\n  code: 'ECONNREFUSED',\n  port: 4000\n", "a server on port 4000"],
  ["getaddrinfo EAI_AGAIN api.fruit.example", "its checks want to reach api.fruit.example: allow it"],
  ["Error: Could not find a working container runtime strategy", "its checks start containers"],
  ["error TS2305: Module '\"@prisma/client\"' has no exported member 'PrismaClient'.", "checks.prepare"],
  ["Error: Could not locate the bindings file. Tried:\n → /w/node_modules/@fruit/plum/build/x.node", "@fruit/plum has"],
  ["browserType.launch: Executable doesn't exist at /x", "its tests start a browser"],
  ["EROFS: read-only file system, open 'node_modules/.made/a.js'", "cannot be layered here"],
  ["Invalid environment variables: [...]", "give them by name in grants.environment"],
  ["Environment variable not found: ORCHARD_URL", "its checks want the variable ORCHARD_URL"],
  ["nightsweep ended it: more than limits.memoryMegabytes allows", "it needs more than limits.memoryMegabytes"],
  ["nightsweep ended it: it waited for longer than limits.idleMinutes, without", "it waits for something"],
])("says what %j asks for", (output, expected) => {
  expect(remediesFor([output, output])).toEqual([expect.stringContaining(expected)]);
});

it.each([["expected 2 to be 3"], ["the environment is fine, and so are its variables"], ["port 5432 is open"]])(
  "says nothing of %j",
  (output) => {
    expect(remediesFor([output])).toEqual([]);
  },
);
