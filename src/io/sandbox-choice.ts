import { z } from "zod";
import type { Config } from "../core/config.ts";
import { NightsweepError } from "../core/errors.ts";
import { isExample } from "./example-repository.ts";
import { noSandbox, type Owner, type Sandbox } from "./sandbox.ts";
import { bubblewrapSandbox } from "./sandbox-bubblewrap.ts";
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
  const ladder =
    process.platform === "darwin" ? [seatbeltSandbox] : process.platform === "linux" ? namespaced(owner) : [];
  const reasons: string[] = [];
  for (const make of ladder) {
    const because = reasons.length === 0 ? "it held in a trial" : `it held in a trial; ${reasons.join("; ")}`;
    const sandbox = make(because);
    const fault = await findFault(sandbox, signal);
    if (fault === null) return { kind: "found", sandbox: await withLayerFault(sandbox, signal) };
    reasons.push(`${sandbox.kind}: ${fault}`);
  }
  if (ladder.length === 0) reasons.push(`there is none for ${process.platform}`);
  return { kind: "missing", because: reasons.join("; ") };
}

function namespaced(owner: Owner | null): readonly ((because: string) => Sandbox)[] {
  return [(because) => bubblewrapSandbox(because, owner), (because) => namespacesSandbox(because, owner)];
}

/** A sandbox that cannot layer folders holds all the same: checks only cannot write into packages then. */
async function withLayerFault(sandbox: Sandbox, signal: AbortSignal): Promise<Sandbox> {
  return sandbox.layerFault === null ? { ...sandbox, layerFault: await findLayerFault(sandbox, signal) } : sandbox;
}
