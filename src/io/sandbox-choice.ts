import { z } from "zod";
import type { Config } from "../core/config.ts";
import { NightsweepError } from "../core/errors.ts";
import { isExample } from "./example-repository.ts";
import { noSandbox, type Owner, type Sandbox } from "./sandbox.ts";
import { bubblewrapSandbox } from "./sandbox-bubblewrap.ts";
import { containerSandbox, engines, makeImage, type Engine } from "./sandbox-container.ts";
import { namespacesSandbox } from "./sandbox-namespaces.ts";
import { findFault, findLayerFault } from "./sandbox-probe.ts";
import { seatbeltSandbox } from "./sandbox-seatbelt.ts";

/** `required`: foreign code runs in a sandbox or not at all. `available`: in the best one there is. `none`: in none. */
type SandboxWish = Config["sandbox"];

/** The sandbox of this machine, or why there is none. */
type SandboxChoice =
  { readonly kind: "found"; readonly sandbox: Sandbox } | { readonly kind: "missing"; readonly because: string };

/** Where we run as root, foreign code becomes a user that nobody else is; above the range that distributions hand out. */
const foreigner: Owner = { uid: 61_337, gid: 61_337 };

/** Asks the machine once in the life of this process. */
let choice: Promise<SandboxChoice> | undefined;

/**
 * The sandbox for a repository's code; our own example also runs where there is none. Throws SANDBOX_UNAVAILABLE with
 * the reason of each that was tried.
 */
export async function sandboxFor(
  repository: { readonly location: string },
  wish: SandboxWish,
  signal: AbortSignal,
): Promise<Sandbox> {
  const said = z.enum(["required", "available", "none"]).catch(wish).parse(process.env["NIGHTSWEEP_SANDBOX"]);
  const found = await chooseSandbox(said === "required" && isExample(repository.location) ? "available" : said, signal);
  if (found.kind === "found") return found.sandbox;
  throw new NightsweepError("SANDBOX_UNAVAILABLE", found.because);
}

/** Finds the strongest sandbox that proves on the spot that it holds; what is not proven is not used. */
function chooseSandbox(wish: SandboxWish, signal: AbortSignal): Promise<SandboxChoice> {
  if (wish === "none") return Promise.resolve({ kind: "found", sandbox: noSandbox("the operator wants none") });
  choice ??= probeAll(signal);
  return choice.then((found) =>
    found.kind === "missing" && wish === "available"
      ? { kind: "found", sandbox: noSandbox(`no sandbox works here: ${found.because}`) }
      : found,
  );
}

async function probeAll(signal: AbortSignal): Promise<SandboxChoice> {
  const owner = process.getuid?.() === 0 ? foreigner : null;
  const reasons: string[] = [];
  for (const { name, make } of ladderFor(process.platform, owner)) {
    const made = await make(signal);
    const fault = "fault" in made ? made.fault : await findFault(made, signal);
    if (fault === null && !("fault" in made)) {
      const because = [made.because, ...reasons].join("; ");
      return { kind: "found", sandbox: await withLayerFault({ ...made, because }, signal) };
    }
    reasons.push(`${name}: ${fault ?? ""}`);
  }
  if (reasons.length === 0) reasons.push(`there is none for ${process.platform}`);
  return { kind: "missing", because: reasons.join("; ") };
}

type Rung = {
  readonly name: string;
  readonly make: (signal: AbortSignal) => Sandbox | Promise<Sandbox | { readonly fault: string }>;
};

const held = "it held in a trial";

/** What is tried, the strongest and cheapest first. */
function ladderFor(platform: NodeJS.Platform, owner: Owner | null): readonly Rung[] {
  if (platform === "darwin") return [{ name: "seatbelt", make: () => seatbeltSandbox(held) }];
  if (platform !== "linux") return [];
  return [
    { name: "bubblewrap", make: () => bubblewrapSandbox(held, owner) },
    { name: "namespaces", make: () => namespacesSandbox(held, owner) },
    ...engines.map((engine) => ({ name: engine, make: (signal: AbortSignal) => contained(engine, owner, signal) })),
  ];
}

async function contained(
  engine: Engine,
  owner: Owner | null,
  signal: AbortSignal,
): Promise<Sandbox | { readonly fault: string }> {
  const made = await makeImage(engine, signal);
  return "fault" in made ? made : containerSandbox(engine, made.image, owner);
}

/** A sandbox that cannot layer folders holds all the same: checks only cannot write into packages then. */
async function withLayerFault(sandbox: Sandbox, signal: AbortSignal): Promise<Sandbox> {
  return sandbox.layerFault === null ? { ...sandbox, layerFault: await findLayerFault(sandbox, signal) } : sandbox;
}
