import { z } from "zod";

const place = z.string().regex(/^[\w.-]+:\d+$/, 'expected "name:port"');
const port = z.int().min(1).max(65_535);

const service = z.strictObject({
  name: z.string().min(1).describe("Name in reports."),
  command: z.array(z.string().min(1)).min(1).describe("The command as an array of words; it runs in the sandbox too."),
  port: port.describe("It is ready when it accepts connections at this port of localhost."),
  seconds: z.int().positive().default(60).describe("How long it may take until it is ready."),
});

/** What the checks of one repository get beyond the sandbox, and what a repository may ask for. */
export const grantsSchema = z.strictObject({
  network: z
    .strictObject({
      hosts: z
        .array(place)
        .default([])
        .describe("Hosts, as `name:port`, that checks may reach, through a proxy (HTTP_PROXY, HTTPS_PROXY)."),
      ports: z.array(port).default([]).describe("Ports of this machine that checks find at localhost as well."),
    })
    .optional(),
  environment: z
    .array(z.string().regex(/^[A-Za-z_]\w*(?:=[^\0]*)?$/, "expected NAME or NAME=value"))
    .default([])
    .describe("Variables for the checks: `NAME` of this process's environment, or `NAME=value`."),
  services: z.array(service).default([]).describe("Servers that are started before each check and ended after it."),
  installScripts: z
    .array(z.string().regex(/^(?:@[\w.-]+\/)?[\w.-]+$/, "expected the name of a package"))
    .default([])
    .describe("Packages whose install scripts run, in the sandbox; all others' are left out."),
});

/** What the operator gives to a repository's code. */
export type Grants = z.output<typeof grantsSchema>;
/** A server that checks need. */
export type Service = Grants["services"][number];

/** Nothing beyond the sandbox. */
export const noGrants: Grants = { environment: [], services: [], installScripts: [] };

/** What is given, in words; values of variables are nobody's business. */
export function describeGrants({ network, environment, services, installScripts }: Grants): readonly string[] {
  return [
    ...(network?.hosts ?? []).map((host) => `network: ${host}`),
    ...(network?.ports ?? []).map((number) => `network: localhost:${number} of the machine`),
    ...environment.map((entry) => `environment: ${nameOf(entry)}`),
    ...services.map(({ name, command }) => `service: ${name} (${command.join(" ")})`),
    ...installScripts.map((name) => `install script: ${name}`),
  ];
}

/** What was asked for and not given, in words. */
export function describeUnmet(asks: Grants, grants: Grants): readonly string[] {
  const given = new Set(describeGrants(grants));
  return describeGrants(asks).filter((wish) => !given.has(wish));
}

/** The variables that checks get; a name that is not set is left out. */
export function grantedVariables(
  { environment }: Grants,
  own: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const pairs = environment.flatMap((entry) => {
    const value = entry.includes("=") ? entry.slice(entry.indexOf("=") + 1) : own[entry];
    return value === undefined ? [] : [[nameOf(entry), value] as const];
  });
  return Object.fromEntries(pairs);
}

function nameOf(entry: string): string {
  return entry.split("=")[0] ?? entry;
}
