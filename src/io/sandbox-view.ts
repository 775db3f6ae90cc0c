import { existsSync, lstatSync, readlinkSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import type { Cell } from "./sandbox.ts";
import { viewOfLayer } from "./sandbox-layers.ts";

/** One thing that foreign code sees; later ones cover earlier ones. */
export type Mount =
  | { readonly kind: "read" | "write"; readonly from: string; readonly to: string }
  | { readonly kind: "link"; readonly from: string; readonly to: string }
  /** Empty, in memory, writable. */
  | { readonly kind: "memory"; readonly to: string; readonly megabytes: number };

const shelf = "/nightsweep";
/** The home of foreign code, as it sees it. */
export const homeInside = `${shelf}/home`;
/** The folder of `node` and `npm` as foreign code sees it. */
export const binInside = `${shelf}/bin`;

/** Programs and libraries of the machine, and the few settings without which they do not start; no user, no secret. */
const system = [
  "/usr",
  "/bin",
  "/sbin",
  "/lib",
  "/lib32",
  "/lib64",
  "/libx32",
  "/nix/store",
  "/etc/alternatives",
  "/etc/ca-certificates",
  "/etc/fonts",
  "/etc/ld.so.cache",
  "/etc/ld.so.conf",
  "/etc/ld.so.conf.d",
  "/etc/localtime",
  "/etc/mime.types",
  "/etc/nsswitch.conf",
  "/etc/pki",
  "/etc/protocols",
  "/etc/services",
  "/etc/ssl",
  "/etc/timezone",
];

const certificates = ["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"];
const scratchMegabytes = 1024;
const sharedMemoryMegabytes = 256;

/** Everything that the code of a cell sees, in the order in which it has to be put there. */
export function viewOf({ folder, confinement }: Cell): readonly Mount[] {
  const { writable, readable, scratch = [], layered = [] } = confinement;
  const same = (kind: "read" | "write") => (path: string) => ({ kind, from: path, to: path }) as const;
  const settings = ["passwd", "group", "hosts"].map(
    (name) => ({ kind: "read", from: join(folder, "etc", name), to: `/etc/${name}` }) as const,
  );
  return [
    ...system.filter((path) => existsSync(path)).map(seen),
    ...settings,
    ...(confinement.network === "open" && existsSync("/etc/resolv.conf") ? [same("read")("/etc/resolv.conf")] : []),
    ...givenCertificates().map(same("read")),
    { kind: "write", from: join(folder, "home"), to: homeInside },
    { kind: "write", from: join(folder, "tmp"), to: "/tmp" },
    ...ownPrograms(),
    ...writable.map(same("write")),
    ...readable.filter((path) => existsSync(path)).map(same("read")),
    ...layered.map((one) => ({ kind: "write", from: viewOfLayer(one), to: one.folder }) as const),
    ...scratch.map((to) => ({ kind: "memory", to, megabytes: scratchMegabytes }) as const),
    { kind: "memory", to: "/dev/shm", megabytes: sharedMemoryMegabytes },
  ];
}

/** The links of the view, which are the same for every cell. */
export function imageLinks(): readonly Mount[] {
  const links = [...system.filter((path) => existsSync(path)).map(seen), ...ownPrograms()];
  return links.filter(({ kind }) => kind === "link");
}

/** The folders above a mount, outermost first: they must be there, and readable, before anything is put into them. */
export function foldersAbove({ to }: Mount): readonly string[] {
  const folders: string[] = [];
  for (let folder = dirname(to); folder !== "/"; folder = dirname(folder)) folders.unshift(folder);
  return folders;
}

/** On many systems /bin and /lib are links into /usr. */
function seen(path: string): Mount {
  return lstatSync(path).isSymbolicLink()
    ? { kind: "link", from: readlinkSync(path), to: path }
    : { kind: "read", from: path, to: path };
}

function givenCertificates(): readonly string[] {
  return certificates.flatMap((name) => {
    const path = process.env[name];
    return path !== undefined && path.startsWith("/") && existsSync(path) ? [path] : [];
  });
}

/** The Node that runs us and its npm, wherever they are: their own folders may lie in somebody's home. */
function ownPrograms(): readonly Mount[] {
  const node = { kind: "read", from: realpathSync(process.execPath), to: `${binInside}/node` } as const;
  const npm = npmPackage();
  if (npm === undefined) return [node];
  return [
    node,
    { kind: "read", from: npm, to: `${shelf}/npm` },
    ...["npm", "npx"].map(
      (name) => ({ kind: "link", from: `../npm/bin/${name}-cli.js`, to: `${binInside}/${name}` }) as const,
    ),
  ];
}

function npmPackage(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder.startsWith("/"));
  const found = folders.map((folder) => join(folder, "npm")).find((path) => existsSync(path));
  if (found === undefined) return undefined;
  const folder = dirname(dirname(realpathSync(found)));
  return existsSync(join(folder, "bin", "npm-cli.js")) ? folder : undefined;
}
