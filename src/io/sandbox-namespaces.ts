import { become, limit } from "./sandbox-bubblewrap.ts";
import type { Cell, Owner, Sandbox } from "./sandbox.ts";
import { withLayers } from "./sandbox-layers.ts";
import { binInside, homeInside, viewOf, type Mount } from "./sandbox-view.ts";

/** Builds a root of its own out of `kind from to` words, enters it, and runs what follows `--`. */
const script = `set -eu
new=$1 cwd=$2; shift 2
mount -t tmpfs -o mode=755,size=16m nightsweep "$new"
while [ "$1" != -- ]; do
  kind=$1 from=$2 to=$new$3; shift 3
  case $kind in
    link) mkdir -p "\${to%/*}"; ln -s "$from" "$to" ;;
    memory) mkdir -p "$to"; mount -t tmpfs -o "mode=1777,nosuid,nodev,size=$from" nightsweep "$to" ;;
    read|write)
      if [ -d "$from" ]; then mkdir -p "$to"; elif [ ! -e "$to" ]; then mkdir -p "\${to%/*}"; : > "$to"; fi
      mount --bind "$from" "$to"
      if [ "$kind" = read ]; then mount -o remount,bind,ro,nosuid,nodev "$to"; else mount -o remount,bind,nosuid,nodev "$to"; fi ;;
  esac
done
shift
mkdir -p "$new/proc" "$new/dev/pts"
mount -t proc -o nosuid,nodev,noexec proc "$new/proc"
mount --bind "$new/proc/sys" "$new/proc/sys"
mount -o remount,bind,ro,nosuid,nodev,noexec "$new/proc/sys"
for name in null zero full random urandom tty; do : > "$new/dev/$name"; mount --bind "/dev/$name" "$new/dev/$name"; done
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,nosuid,noexec devpts "$new/dev/pts"
ln -s pts/ptmx "$new/dev/ptmx"; ln -s /proc/self/fd "$new/dev/fd"
ln -s fd/0 "$new/dev/stdin"; ln -s fd/1 "$new/dev/stdout"; ln -s fd/2 "$new/dev/stderr"
if command -v ip >/dev/null; then ip link set lo up || true; fi
cd "$new"
pivot_root . .
umount -l .
mount -o remount,bind,ro,nosuid,nodev /
cd "$cwd"
exec "$@"
`;

/** The same view as bubblewrap's, made with the programs of util-linux where bubblewrap is not installed. */
export function namespacesSandbox(because: string, owner: Owner | null): Sandbox {
  return {
    kind: "namespaces",
    because,
    owner,
    layerFault: null,
    places: () => ({ home: homeInside, temporary: "/tmp", bin: binInside }),
    enclose: (cell) => {
      const mounts = viewOf(cell);
      const view = [`${cell.folder}/root`, cell.cwd, ...mounts.flatMap(words)];
      const command = [...leave(owner), ...limit(cell), ...cell.command];
      const shell = ["sh", "-c", script, "nightsweep", ...view, "--", ...command];
      return withLayers(cell, owner, ["unshare", ...spaces(cell, owner), "--", ...shell]);
    },
  };
}

function spaces({ confinement }: Cell, owner: Owner | null): readonly string[] {
  return [
    ...(owner === null ? ["--user", "--map-root-user"] : []),
    ...["--mount", "--pid", "--ipc", "--uts", "--fork", "--kill-child"],
    ...(confinement.network === "open" ? [] : ["--net"]),
  ];
}

/** An ordinary user was root of its own namespace while the mounts were made, and is itself again in another one. */
function leave(owner: Owner | null): readonly string[] {
  if (owner !== null) return become(owner);
  const { uid = 0, gid = 0 } = { uid: process.getuid?.(), gid: process.getgid?.() };
  const rights = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs", "--"];
  return ["unshare", "--user", `--map-user=${uid}`, `--map-group=${gid}`, "--", ...rights];
}

function words(mount: Mount): readonly string[] {
  return mount.kind === "memory" ? ["memory", `${mount.megabytes}m`, mount.to] : [mount.kind, mount.from, mount.to];
}
