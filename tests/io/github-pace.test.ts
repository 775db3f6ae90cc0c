import { expect, test } from "vitest";
import { createPacer } from "../../src/io/github-pace.ts";

const calm = new AbortController().signal;

test("four hundred writes in an hour are sent, and no more", async () => {
  const pace = createPacer({ secondsBetweenWrites: 0 });
  for (let sent = 0; sent < 400; sent += 1) await pace({ notifies: sent % 2 === 0, signal: calm });
  await expect(pace({ notifies: false, signal: calm })).rejects.toMatchObject({ code: "FORGE_LIMITED" });
});

test("waiting for a turn ends with the night", async () => {
  const pace = createPacer({ secondsBetweenWrites: 3600 });
  await pace({ notifies: true, signal: calm });
  const signal = AbortSignal.abort();
  await expect(pace({ notifies: false, signal })).rejects.toMatchObject({ code: "INTERRUPTED" });
});
