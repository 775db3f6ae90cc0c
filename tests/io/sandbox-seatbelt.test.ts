import { expect, it } from "vitest";
import { profileOf } from "../../src/io/sandbox-seatbelt.ts";
import { resources } from "./enclosure.ts";

it("lets a run write its own folders, read no home, and reach nothing but itself", () => {
  const confinement = { writable: ["/w/orchard"], readable: ["/w/orchard/.git"], limits: resources };
  expect(profileOf({ folder: "/t/run", confinement: { ...confinement, network: "none" } }, "/Users/ana")).toBe(
    `(version 1)
(allow default)
(deny network*)
(allow network* (local ip "localhost:*"))
(deny file-read* (subpath "/Users/ana") (subpath "/Users") (subpath "/Volumes") (subpath "/private/tmp") (subpath "/private/var/folders"))
(allow file-read-metadata (subpath "/Users/ana") (subpath "/Users") (subpath "/Volumes") (subpath "/private/tmp") (subpath "/private/var/folders"))
(deny file-write*)
(allow file-read* (subpath "/t/run") (subpath "/w/orchard") (subpath "/w/orchard/.git"))
(allow file-write* (subpath "/t/run") (subpath "/w/orchard") (literal "/dev/null") (literal "/dev/tty") (subpath "/dev/fd"))
(deny file-write* (subpath "/w/orchard/.git"))`,
  );
});
