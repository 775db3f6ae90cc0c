import { Buffer } from "node:buffer";

/** Variables that programs read a proxy from; the lower-case ones are the older and win, as in curl. */
const names = ["http_proxy", "https_proxy", "no_proxy"] as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** The operator's proxy settings as they stand, for programs of the machine that fetch something. */
export function proxyVariables(environment: Environment): Readonly<Record<string, string>> {
  const both = names.flatMap((name) => [name, name.toUpperCase()]);
  return Object.fromEntries(
    both.flatMap((name) => {
      const value = environment[name];
      return value === undefined || value === "" ? [] : [[name, value]];
    }),
  );
}

/** The proxy that the operator's environment names for a host; null: it is reached without one. */
export function proxyFor(
  { host, port, scheme }: { readonly host: string; readonly port: number; readonly scheme: "http" | "https" },
  environment: Environment,
): URL | null {
  const said = valueOf(`${scheme}_proxy`, environment);
  if (said === "" || isExcepted({ host, port }, valueOf("no_proxy", environment))) return null;
  const url = URL.parse(said.includes("://") ? said : `http://${said}`);
  return url?.protocol === "http:" || url?.protocol === "https:" ? url : null;
}

/** What a proxy wants to know of who asks, as headers. */
export function proxyIdentity({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === "") return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { "Proxy-Authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
}

function valueOf(name: (typeof names)[number], environment: Environment): string {
  return (environment[name] ?? environment[name.toUpperCase()] ?? "").trim();
}

/** `NO_PROXY`: names divided by commas, each with all that lies below it; `*` is every host. */
function isExcepted({ host, port }: { readonly host: string; readonly port: number }, list: string): boolean {
  return list.split(/[\s,]+/).some((entry) => {
    if (entry === "*") return true;
    const [, name = "", only] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    if (name === "" || (only !== undefined && Number(only) !== port)) return false;
    return host === name || host.endsWith(`.${name}`);
  });
}
