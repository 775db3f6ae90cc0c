import { createAppAuth } from "@octokit/auth-app";
import type { Octokit } from "@octokit/rest";
import { z } from "zod";
import { NightsweepError } from "../core/errors.ts";
import { leastPermissions, missingPermissions } from "./github-permissions.ts";
import { failureOf, read } from "./github-request.ts";

/** The proof that we may: a GitHub App, or tokens that somebody made. */
export type GitHubProof =
  | { readonly kind: "app"; readonly appId: number; readonly privateKey: string }
  | { readonly kind: "token"; readonly read: string; readonly write: string };

/** Looking and publishing use different tokens, so that what reads foreign code never holds one that writes. */
export type Purpose = "read" | "write";

/** Gives the tokens of one repository. */
export type TokenSource = {
  readonly kind: GitHubProof["kind"];
  /** `fresh` mints a new one where that can be done. Throws what GitHub says to an app that may not. */
  token(purpose: Purpose, signal: AbortSignal, fresh?: boolean): Promise<string>;
  /** What the installation of the app was granted; null where GitHub does not say. */
  granted(signal: AbortSignal): Promise<Readonly<Record<string, string>> | null>;
};

/** Throws TOKEN_CLASSIC: such a token may do everything that its owner may, in every repository. */
export function createTokenSource(
  proof: GitHubProof,
  place: { readonly owner: string; readonly repository: string; readonly octokit: Octokit },
): TokenSource {
  if (proof.kind === "app") return createAppTokens(proof, place);
  for (const token of [proof.read, proof.write]) assertNotClassic(token);
  return {
    kind: "token",
    token: (purpose) => Promise.resolve(proof[purpose]),
    granted: () => Promise.resolve(null),
  };
}

function assertNotClassic(token: string): void {
  if (/^(?:ghp|gho)_|^[0-9a-f]{40}$/.test(token))
    throw new NightsweepError("TOKEN_CLASSIC", "its first letters say so");
}

const installationSchema = z.object({
  id: z.int(),
  permissions: z.record(z.string(), z.string()),
  suspended_at: z.string().nullish(),
});
type Installation = z.output<typeof installationSchema>;

/** A token is for one repository and for the least that does; the library keeps those for reading until they are old. */
function createAppTokens(
  { appId, privateKey }: Extract<GitHubProof, { kind: "app" }>,
  { owner, repository, octokit }: { readonly owner: string; readonly repository: string; readonly octokit: Octokit },
): TokenSource {
  const silent = { warn: () => undefined };
  const auth = createAppAuth({ appId, privateKey, request: octokit.request, log: silent });
  let found: Installation | undefined;
  const find = async (signal: AbortSignal): Promise<Installation> => {
    if (found !== undefined) return found;
    const name = "GET /repos/installation";
    const { token } = await auth({ type: "app" }).catch((cause: unknown) => {
      throw new NightsweepError("FORGE_REFUSED", "the private key of the app cannot be used", { cause });
    });
    const headers = { authorization: `bearer ${token}` };
    const send = () => octokit.rest.apps.getRepoInstallation({ owner, repo: repository, headers });
    const installation = await read({ name, schema: installationSchema, signal, send }).catch((error: unknown) => {
      throw notInstalled(error, `${owner}/${repository}`);
    });
    found = installation;
    return installation;
  };
  return {
    kind: "app",
    granted: async (signal) => (await find(signal)).permissions,
    async token(purpose, signal, fresh = false) {
      const { id, permissions } = await find(signal);
      const missing = missingPermissions(permissions).filter(({ must }) => must);
      if (missing.length > 0) {
        const names = missing.map(({ name, level }) => `${name}: ${level}`).join(", ");
        throw new NightsweepError("PERMISSION_MISSING", `the app lacks ${names} on ${owner}/${repository}`);
      }
      const wish = {
        installationId: id,
        repositoryNames: [repository],
        permissions: leastPermissions(purpose, permissions),
      };
      const send = async () => ({ status: 201, data: await auth({ type: "installation", ...wish, refresh: fresh }) });
      const name = "POST /app/installations/access_tokens";
      return (await read({ name, schema: z.object({ token: z.string() }), signal, send })).token;
    },
  };
}

function notInstalled(error: unknown, repository: string): unknown {
  if (!(error instanceof NightsweepError) || failureOf(error.cause).status !== 404) return error;
  return new NightsweepError("PERMISSION_MISSING", `the app is not installed on ${repository}`, { cause: error });
}
