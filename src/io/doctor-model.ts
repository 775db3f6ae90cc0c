import type { LoadedConfig } from "./config-file.ts";
import { systemClock } from "./clock.ts";
import type { Finding } from "./doctor.ts";
import { openEndpoint } from "./openai.ts";

const subject = "model";

/** Looks whether the configured model can be asked: its key, its endpoint, and that it is offered there. Asks it nothing. */
export async function examineModel(
  { model }: Pick<LoadedConfig, "model">,
  place: { readonly environment: Readonly<Record<string, string | undefined>>; readonly signal: AbortSignal },
): Promise<readonly Finding[]> {
  if (model === undefined) return [];
  const { keyEnv, name, baseUrl } = model;
  const key = keyEnv === null ? null : (place.environment[keyEnv] ?? "");
  if (key === "") {
    const remedy = `Set ${keyEnv ?? "its key"}, or take model out of the configuration: nights go on without it.`;
    return [{ ok: false, subject, finding: `${keyEnv ?? "its key"} is not set`, remedy }];
  }
  const endpoint = openEndpoint(
    model,
    key,
    systemClock(() => new Date()),
  );
  const offered = await endpoint.listModels(place.signal).catch((error: unknown) => faultOf(error));
  if (typeof offered === "string")
    return [{ ok: false, subject, finding: `${baseUrl}: ${offered}`, remedy: "Check model.baseUrl and the key." }];
  if (!offered.includes(name)) {
    const remedy = `It offers ${offered.slice(0, 8).join(", ")}: name one of its models in model.name.`;
    return [{ ok: false, subject, finding: `${baseUrl} does not offer ${name}`, remedy }];
  }
  return [
    { ok: true, subject, finding: `${name} at ${baseUrl}; code is sent only where a policy says model.sendCode` },
  ];
}

/** What an endpoint says of its refusals may name the key, so only their status is told. */
function faultOf(error: unknown): string {
  const status = error instanceof Error && "status" in error ? error.status : undefined;
  return typeof status === "number" ? `it answers with HTTP ${status}` : "it cannot be reached";
}
