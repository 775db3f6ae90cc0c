import type { ResourceLimits, Sandbox } from "../../src/io/sandbox.ts";
import { sandboxFor } from "../../src/io/sandbox-choice.ts";

/** What tests give to the code of planted repositories. */
export const resources: ResourceLimits = { memoryMegabytes: 4096, diskMegabytes: 1024, processes: 512 };

/** The best sandbox of the machine that the tests run on; on some there is none. */
export function sandboxHere(): Promise<Sandbox> {
  return sandboxFor({ location: "orchard" }, "available", new AbortController().signal);
}
