import { NightsweepError } from "../core/errors.ts";

/**
 * Finds `owner/name` of a repository on the GitHub that a REST endpoint belongs to: as the configuration says it, or as
 * the location does. Throws CONFIG_INVALID.
 */
export function gitHubNameOf(
  { github, location, key }: { readonly github?: string | undefined; readonly location: string; readonly key: string },
  baseUrl: string,
): { readonly owner: string; readonly repository: string } {
  const { hostname, host: server } = new URL(baseUrl);
  const host = hostname === "api.github.com" ? "github.com" : server;
  const parts =
    /^(?:https?:\/\/(?:[^@/]+@)?|ssh:\/\/[^@/]+@|[^@/]+@)([^/]+?)[/:]([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/.exec(
      location,
    );
  const [owner = "", repository = ""] = github?.split("/") ?? (parts?.[1] === host ? parts.slice(2) : []);
  if (owner !== "" && repository !== "") return { owner, repository };
  throw new NightsweepError(
    "CONFIG_INVALID",
    `repositories: ${key} needs the field github ("owner/name"), since its location does not name a repository on ${host}`,
  );
}
