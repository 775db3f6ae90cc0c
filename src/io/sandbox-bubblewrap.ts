import type { Cell, Owner, Sandbox } from "./sandbox.ts";
import { withLayers } from "./sandbox-layers.ts";
import { binInside, foldersAbove, homeInside, viewOf, type Mount } from "./sandbox-view.ts";

/**
 * bubblewrap: namespaces of its own for processes, network, mounts and users; only what `viewOf` lists exists.
 *
 * For an ordinary user it makes a user namespace and forbids further ones. As root it makes none: a root that only looks
 * like another user could still write the host's /proc/sys. There bubblewrap itself puts the mounts in place, which an
 * ordinary user could not reach below /root, and before the first foreign instruction `setpriv` becomes `owner` for good,
 * without a capability.
 */
export function bubblewrapSandbox(because: string, owner: Owner | null): Sandbox {
  return {
    kind: "bubblewrap",
    because,
    owner,
    layerFault: null,
    places: () => ({ home: homeInside, temporary: "/tmp", bin: binInside }),
    enclose: (cell) =>
      withLayers(cell, owner, [
        "bwrap",
        ...options(cell, owner),
        "--",
        ...inside(cell, owner),
        ...limit(cell),
        ...cell.command,
      ]),
  };
}

function options(cell: Cell, owner: Owner | null): readonly string[] {
  const mounts = viewOf(cell);
  const { uid = 0, gid = 0 } = { uid: process.getuid?.(), gid: process.getgid?.() };
  const users =
    owner === null
      ? ["--unshare-user", "--uid", `${uid}`, "--gid", `${gid}`, "--disable-userns"]
      : ["--cap-drop", "ALL", ...["SETUID", "SETGID", "SETPCAP"].flatMap((name) => ["--cap-add", `CAP_${name}`])];
  return [
    ...users,
    ...[
      "--unshare-pid",
      "--unshare-ipc",
      "--unshare-uts",
      "--unshare-cgroup-try",
      "--die-with-parent",
      "--new-session",
    ],
    ...(cell.confinement.network === "open" ? [] : ["--unshare-net"]),
    ...["--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys", "--dev", "/dev"],
    ...mounts.flatMap((mount) => [...foldersAbove(mount).flatMap(folder), ...words(mount)]),
    ...["--remount-ro", "/dev", "--remount-ro", "/"],
  ];
}

/** A root without capabilities may not enter the folder of the owner, who has to do that itself. */
function inside({ cwd }: Cell, owner: Owner | null): readonly string[] {
  return [...become(owner), "env", "-C", cwd];
}

/** Left to itself bubblewrap makes folders that only root can enter. */
function folder(path: string): readonly string[] {
  return ["--perms", "0755", "--dir", path];
}

function words(mount: Mount): readonly string[] {
  switch (mount.kind) {
    case "read":
      return ["--ro-bind", mount.from, mount.to];
    case "write":
      return ["--bind", mount.from, mount.to];
    case "link":
      return ["--symlink", mount.from, mount.to];
    case "memory":
      return ["--perms", "1777", "--size", `${mount.megabytes * 1024 * 1024}`, "--tmpfs", mount.to];
    default:
      return mount satisfies never;
  }
}

/** Gives up every right for good and becomes an ordinary user, when there is anything to give up. */
export function become(owner: Owner | null): readonly string[] {
  const rights = ["--bounding-set=-all", "--inh-caps=-all", "--no-new-privs"];
  if (owner === null) return [];
  return ["setpriv", `--reuid=${owner.uid}`, `--regid=${owner.gid}`, "--clear-groups", ...rights, "--"];
}

/** Node reserves more than it uses, and does not start with less. */
const leastForNode = 4096;

/** Limits that the kernel keeps for each process; what all of them use together is the watchdog's matter. */
export function limit({ confinement: { limits } }: Cell): readonly string[] {
  const megabyte = 1024 * 1024;
  return [
    "prlimit",
    "--core=0",
    `--nproc=${limits.processes}`,
    `--data=${Math.max(limits.memoryMegabytes, leastForNode) * megabyte}`,
    `--fsize=${limits.diskMegabytes * megabyte}`,
    "--",
  ];
}
