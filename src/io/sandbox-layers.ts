import { mkdir, chown } from "node:fs/promises";
import { join } from "node:path";
import type { Cell, Layer, Owner } from "./sandbox.ts";

/** Where a layered folder can be seen whole, in the run's own namespace of mounts only. */
export function viewOfLayer({ layer }: Pick<Layer, "layer">): string {
  return join(layer, "view");
}

/** Makes room for what a run writes over a folder; what an earlier run wrote into the same layer is still there. */
export async function prepareLayer({ layer }: Pick<Layer, "layer">, owner: Owner | null): Promise<void> {
  for (const name of ["view", "work", "written"]) await mkdir(join(layer, name), { recursive: true });
  // The folder that is seen belongs to whom the layer's does.
  if (owner !== null) await chown(join(layer, "written"), owner.uid, owner.gid);
}

/** The options of a mount are divided by commas, and its lower folders by colons. */
export function canBeLayered(folder: string): boolean {
  return !/[,:\\]/.test(folder);
}

/** Takes `lower layer` pairs up to `--` and runs what follows in the same namespace of mounts. */
const script = `set -eu
while [ "$1" != -- ]; do
  mount -t overlay -o "userxattr,lowerdir=$1,upperdir=$2/written,workdir=$2/work" nightsweep "$2/view"
  shift 2
done
shift
exec "$@"
`;

/** Puts layers over folders before the command of a sandbox sees them; the mounts end with the command. */
export function withLayers(
  { confinement: { layered = [] } }: Cell,
  owner: Owner | null,
  command: readonly [string, ...string[]],
): readonly [string, ...string[]] {
  if (layered.length === 0) return command;
  const rights = owner === null ? ["--user", "--map-root-user"] : [];
  const pairs = layered.flatMap(({ folder, layer }) => [folder, layer]);
  return ["unshare", ...rights, "--mount", "--", "sh", "-c", script, "nightsweep", ...pairs, "--", ...command];
}
