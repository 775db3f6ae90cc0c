import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { archiveOf, containerWords, makeImage } from "../../src/io/sandbox-container.ts";
import { resources } from "./enclosure.ts";

it("shows a container what the other sandboxes show, and gives it nothing else", () => {
  const cell = {
    command: ["npm", "test"],
    cwd: "/w/orchard",
    folder: "/t/run",
    settings: { HOME: "/nightsweep/home", PATH: "/nightsweep/bin" },
    variables: ["ORCHARD_TOKEN", "NIGHTSWEEP_RUN"],
    confinement: { writable: [], readable: [], network: "none", limits: resources },
  } as const;
  const mounts = [
    { kind: "link", from: "usr/bin", to: "/bin" },
    { kind: "read", from: "/usr", to: "/usr" },
    { kind: "write", from: "/t/run/home", to: "/nightsweep/home" },
    { kind: "memory", to: "/w/orchard/node_modules/.cache", megabytes: 2 },
    { kind: "memory", to: "/dev/shm", megabytes: 256 },
  ] as const;
  const words = containerWords(cell, { uid: 7, gid: 8 }, mounts);
  expect(words).toEqual([
    ...["--rm", "--interactive", "--pull=never", "--read-only", "--log-driver=none", "--user=7:8", "--cap-drop=ALL"],
    ...["--security-opt=no-new-privileges", "--workdir=/w/orchard", "--network=none"],
    ...["--ulimit=core=0", "--ulimit=nproc=512:512"],
    ...["--env=HOME=/nightsweep/home", "--env=PATH=/nightsweep/bin", "--env=ORCHARD_TOKEN", "--env=NIGHTSWEEP_RUN"],
    "--mount=type=bind,source=/usr,target=/usr,readonly",
    "--mount=type=bind,source=/t/run/home,target=/nightsweep/home",
    "--mount=type=tmpfs,target=/w/orchard/node_modules/.cache,tmpfs-size=2097152,tmpfs-mode=1777",
    "--shm-size=256m",
  ]);
  const open = { ...cell, confinement: { ...cell.confinement, network: "open" as const } };
  expect(containerWords(open, { uid: 7, gid: 8 }, mounts)).not.toContain("--network=none");
});

it("makes an image of links that tar can read", () => {
  const archive = archiveOf([
    { kind: "link", from: "usr/bin", to: "/bin" },
    { kind: "read", from: "/usr", to: "/usr" },
    { kind: "link", from: "../npm/bin/npm-cli.js", to: "/nightsweep/bin/npm" },
  ]);
  const listed = execFileSync("tar", ["--list", "--verbose", "--file", "-"], { input: archive, encoding: "utf8" });
  const names = listed
    .trim()
    .split("\n")
    .map((line) => line.replace(/^.* (\S+ -> \S+)$/, "$1"));
  expect(names).toEqual(["bin -> usr/bin", "nightsweep/bin/npm -> ../npm/bin/npm-cli.js"]);
});

it.each(["docker", "podman"] as const)("says why %s makes no container, or has the image", async (engine) => {
  const made = await makeImage(engine, new AbortController().signal);
  if ("fault" in made) expect(made.fault).toMatch(/\w/);
  else expect(made.image).toMatch(/^nightsweep-nothing:[0-9a-f]{12}$/);
});
