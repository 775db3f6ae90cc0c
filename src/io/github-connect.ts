import { Octokit } from "@octokit/rest";
import { NightsweepError } from "../core/errors.ts";
import type { Pacer } from "./github-pace.ts";
import { failureOf } from "./github-request.ts";
import { createTokenSource, type GitHubProof, type Purpose, type TokenSource } from "./github-tokens.ts";

/** Which repository of which GitHub, the proof that we may, and how fast. */
export type GitHubAccess = {
  /** REST endpoint without a slash at the end: `https://api.github.com`, `https://HOST/api/v3`. */
  readonly baseUrl: string;
  readonly owner: string;
  readonly repository: string;
  readonly proof: GitHubProof;
  readonly pace: Pacer;
  readonly requestSeconds: number;
};

/** A client that knows its repository; every request goes through the same gate. */
export type GitHubConnection = {
  readonly octokit: Octokit;
  readonly repo: { readonly owner: string; readonly repo: string };
  readonly tokens: TokenSource;
  /** Where git is served: `https://github.com`. */
  readonly gitOrigin: string;
  /** To be spread into the parameters of a request. */
  readonly within: (signal: AbortSignal) => Within;
};

type Within = { readonly request: { readonly redirect: "manual"; readonly signal: AbortSignal } };

/** The version that answers are read as; GitHub keeps it until at least March 2028. */
const apiVersion = "2022-11-28";

/** What people get mail for. */
const notifying = /^POST .*\/(?:pulls|issues|comments|requested_reviewers)$/;

/**
 * Connects with one repository. The token goes to `baseUrl` only: neither redirects nor links are followed. Nothing is
 * sent twice but after a 401, which says that nothing was done. Throws TOKEN_CLASSIC.
 */
export function connect(access: GitHubAccess): GitHubConnection {
  const { baseUrl, owner, repository, proof, pace, requestSeconds } = access;
  // The app's own requests, with which tokens are made, need no token.
  const tokens = createTokenSource(proof, { owner, repository, octokit: createOctokit(baseUrl, requestSeconds) });
  const octokit = createOctokit(baseUrl, requestSeconds);
  octokit.hook.wrap("request", async (request, options) => {
    const purpose = purposeOf(options);
    const signal =
      options.request.signal instanceof AbortSignal ? options.request.signal : new AbortController().signal;
    if (purpose === "write") await pace({ notifies: notifying.test(`${options.method} ${options.url}`), signal });
    const send = async (fresh: boolean) => {
      options.headers.authorization = `token ${await tokens.token(purpose, signal, fresh)}`;
      return request(options);
    };
    const answer = await send(false).catch((error: unknown) => {
      if (tokens.kind !== "app" || failureOf(error).status !== 401) throw error;
      return send(true);
    });
    if ((answer.headers["x-oauth-scopes"] ?? "") !== "") throw new NightsweepError("TOKEN_CLASSIC", "it has scopes");
    return answer;
  });
  return {
    octokit,
    repo: { owner, repo: repository },
    tokens,
    gitOrigin: gitOriginOf(baseUrl),
    within: (signal) => ({ request: { redirect: "manual", signal } }),
  };
}

/** Git is served beside the REST endpoint: github.com for api.github.com, the host itself for an Enterprise Server. */
function gitOriginOf(baseUrl: string): string {
  const { protocol, hostname, host } = new URL(baseUrl);
  return `${protocol}//${hostname === "api.github.com" ? "github.com" : host}`;
}

function createOctokit(baseUrl: string, requestSeconds: number): Octokit {
  const silent = () => undefined;
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  const octokit = new Octokit({ baseUrl, userAgent: "nightsweep", log });
  octokit.hook.before("request", (options) => {
    options.headers["x-github-api-version"] = apiVersion;
    const given: unknown = options.request.signal;
    const limit = AbortSignal.timeout(requestSeconds * 1000);
    const signal = given instanceof AbortSignal ? AbortSignal.any([given, limit]) : limit;
    options.request = { ...options.request, redirect: "manual", signal };
  });
  return octokit;
}

/** Asking GraphQL is a POST too. */
function purposeOf(options: { readonly method?: string; readonly query?: unknown }): Purpose {
  if (options.method === "GET" || options.method === "HEAD") return "read";
  return typeof options.query === "string" && !/^\s*mutation\b/.test(options.query) ? "read" : "write";
}
