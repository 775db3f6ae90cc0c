import { chown, mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { attended } from "./attendant.ts";
import { temporaryDirectory } from "./files.ts";
import { proxyVariables } from "./operator-proxy.ts";
import { openProxy } from "./registry-proxy.ts";
import { noSandbox, type Cell, type Confinement } from "./sandbox.ts";

/** A command as it is really started; its private folder is removed when its block ends. */
type PreparedCell = AsyncDisposable & {
  readonly words: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** The private folder of the run, with its home and its temporary files. */
  readonly folder: string;
  /** The command that ends it for good, where killing its processes is not enough. */
  readonly farewell: readonly [string, ...string[]] | null;
  /** Hosts (`name:port`) that were asked for so far and may not be reached. */
  readonly refusedHosts: () => readonly string[];
};

/** Programs of the machine that read nothing of a repository need no sandbox. */
const trusted = noSandbox("a program of this machine");

/** Foreign code may ask for as many names as it likes. */
const mostRefused = 20;

/** Folders of programs that every sandbox shows. */
const systemPath = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/** Makes the private folder of a run, and the command and the environment with which it starts in its sandbox. */
export async function prepareCell(run: {
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly confinement?: Confinement | undefined;
  /** Names of the variables that are set besides. */
  readonly inherited?: readonly string[];
}): Promise<PreparedCell> {
  const { command, cwd, env = {}, confinement } = run;
  const { sandbox, writable, readable } = confinement ?? { sandbox: trusted, writable: [], readable: [] };
  await using resources = new AsyncDisposableStack();
  const { path: folder } = resources.use(await temporaryDirectory("nightsweep-run-"));
  const { owner } = sandbox;
  await furnish(folder, owner);
  if (owner !== null) for (const path of writable) await chown(path, owner.uid, owner.gid);
  const { home, temporary, bin } = sandbox.places(folder);
  const refused = new Set<string>();
  const onRefused = (host: string): void => {
    if (refused.size < mostRefused) refused.add(host);
  };
  const enclosed = confinement === undefined ? null : await connected({ folder, onRefused }, confinement, resources);
  const path = bin === undefined ? {} : { PATH: pathInside(env["PATH"] ?? "", bin, readable) };
  const all = { HOME: home, TMPDIR: temporary, ...trustGit, ...proxiesFor(confinement), ...env, ...path };
  const { HOME, TMPDIR, PATH, ...others } = { PATH: "", ...all };
  const settings = { HOME, TMPDIR, PATH };
  const variables = [...Object.keys(others), ...(run.inherited ?? [])];
  const held = resources.move();
  return {
    words: enclosed === null ? command : wordsOf(enclosed, { command, cwd, folder, settings, variables }),
    env: all,
    folder,
    farewell: sandbox.farewell?.(folder) ?? null,
    refusedHosts: () => [...refused].toSorted(),
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

type Connected = { readonly confinement: Confinement; readonly door: string | null };

function wordsOf({ confinement, door }: Connected, cell: Omit<Cell, "confinement">): Cell["command"] {
  const { network, services = [], sandbox } = confinement;
  const ports = typeof network === "string" ? [] : (network.ports ?? []);
  const command = attended({ door, ports, services }, cell.command);
  return sandbox.enclose({ ...cell, command, confinement });
}

/** Without a wall foreign code finds its own way, which may lead through the operator's proxy. */
function proxiesFor(confinement: Confinement | undefined): Readonly<Record<string, string>> {
  const isOpen = confinement?.sandbox.kind === "none" && confinement.network !== "none";
  return isOpen ? proxyVariables(process.env) : {};
}

/** Opens a door to the hosts that a run may reach, where there is a wall for it to be in. */
async function connected(
  place: { readonly folder: string; readonly onRefused: (host: string) => void },
  confinement: Confinement,
  resources: AsyncDisposableStack,
): Promise<Connected> {
  const { network, sandbox, readable } = confinement;
  if (typeof network === "string" || sandbox.kind === "none") return { confinement, door: null };
  const ports = (network.ports ?? []).map((port) => `127.0.0.1:${port}`);
  const guests = { hosts: [...network.hosts, ...ports], onRefused: place.onRefused };
  const proxy = resources.use(await openProxy(place.folder, guests));
  return { confinement: { ...confinement, readable: [...readable, proxy.folder] }, door: proxy.folder };
}

/** The repository belongs to us, not to the user that foreign code runs as; git would refuse to read it. */
const trustGit = { GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "safe.directory", GIT_CONFIG_VALUE_0: "*" };

/** Programs brought for the repository come first, then our Node and npm, then those of the system. */
function pathInside(path: string, bin: string, readable: readonly string[]): string {
  const brought = path
    .split(delimiter)
    .filter((folder) => readable.some((one) => folder === one || folder.startsWith(`${one}/`)));
  return [...brought, bin, ...systemPath].join(delimiter);
}

async function furnish(folder: string, owner: { readonly uid: number; readonly gid: number } | null): Promise<void> {
  const { uid = 0, gid = 0 } = owner ?? { uid: process.getuid?.(), gid: process.getgid?.() };
  for (const name of ["home", "tmp", "etc", "root"]) await mkdir(join(folder, name));
  const settings = {
    passwd: `root:x:0:0:root:/root:/bin/sh\nnightsweep:x:${uid}:${gid}::/nightsweep/home:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\n`,
    group: `root:x:0:\nnightsweep:x:${gid}:\nnogroup:x:65534:\n`,
    hosts: "127.0.0.1 localhost\n::1 localhost\n",
  };
  for (const [name, text] of Object.entries(settings)) await writeFile(join(folder, "etc", name), text);
  if (owner === null) return;
  for (const name of ["home", "tmp"]) await chown(join(folder, name), uid, gid);
}
