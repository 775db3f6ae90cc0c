import { homedir } from "node:os";
import type { Cell, Sandbox } from "./sandbox.ts";

/**
 * The sandbox of macOS. It has no namespaces: other processes and the names of files can be seen, but nothing in the
 * home of any user or in temporary folders can be read, and nothing outside of the run's folders can be written.
 */
export function seatbeltSandbox(because: string): Sandbox {
  return {
    kind: "seatbelt",
    because,
    owner: null,
    layerFault: "macOS has no layers of folders",
    places: (folder) => ({ home: `${folder}/home`, temporary: `${folder}/tmp` }),
    enclose: (cell) => ["sandbox-exec", "-p", profileOf(cell, homedir()), ...cell.command],
  };
}

/** A profile in the language of sandbox-exec, in which the last rule that matches decides. */
export function profileOf({ folder, confinement }: Pick<Cell, "folder" | "confinement">, home: string): string {
  const { writable, readable, network } = confinement;
  const below = (paths: readonly string[]) => paths.map((path) => `(subpath ${JSON.stringify(path)})`).join(" ");
  const own = [folder, ...writable];
  const hidden = [home, "/Users", "/Volumes", "/private/tmp", "/private/var/folders"];
  return [
    "(version 1)",
    "(allow default)",
    ...(network === "open" ? [] : ["(deny network*)", '(allow network* (local ip "localhost:*"))']),
    ...(typeof network === "string" ? [] : [`(allow network-outbound ${below([folder])})`]),
    `(deny file-read* ${below(hidden)})`,
    // Without the metadata of the folders above it no path below these can be resolved.
    `(allow file-read-metadata ${below(hidden)})`,
    "(deny file-write*)",
    `(allow file-read* ${below([...own, ...readable])})`,
    `(allow file-write* ${below(own)} (literal "/dev/null") (literal "/dev/tty") (subpath "/dev/fd"))`,
    ...(readable.length === 0 ? [] : [`(deny file-write* ${below(readable)})`]),
  ].join("\n");
}
