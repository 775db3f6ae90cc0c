import { createPublicKey, verify } from "node:crypto";
import { z } from "zod";
import { Refusal } from "./call.ts";
import type { OperationId } from "./operations.ts";
import { fullName, isBot, type FakeRepository, type FakeToken, type Permission, type World } from "./world.ts";

/** What a request needs: one of the permissions at a level, the key of the app, or any token at all. */
export type Need =
  | { readonly kind: "permission"; readonly any: readonly Permission[]; readonly level: "read" | "write" }
  | { readonly kind: "app" | "token" };

const need = (level: "read" | "write", ...any: readonly Permission[]): Need => ({ kind: "permission", any, level });
const app: Need = { kind: "app" };
const token: Need = { kind: "token" };

/**
 * https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps: where two permissions stand,
 * either will do.
 */
export const needs = {
  "apps/get-authenticated": app,
  "apps/get-repo-installation": app,
  "apps/create-installation-access-token": app,
  "apps/list-repos-accessible-to-installation": token,
  "users/get-authenticated": token,
  "users/get-by-username": token,
  "rate-limit/get": token,
  "meta/root": token,
  "repos/get": need("read", "metadata"),
  "repos/get-branch": need("read", "contents"),
  "repos/get-branch-rules": need("read", "metadata"),
  "repos/get-branch-protection": need("read", "administration", "metadata"),
  "repos/get-collaborator-permission-level": need("read", "metadata"),
  "repos/get-content": need("read", "contents"),
  "repos/list-commits": need("read", "contents"),
  "repos/get-commit": need("read", "contents"),
  "repos/compare-commits-with-basehead": need("read", "contents"),
  "repos/list-pull-requests-associated-with-commit": need("read", "pull_requests"),
  "repos/get-combined-status-for-ref": need("read", "statuses"),
  "repos/create-commit-status": need("write", "statuses"),
  "git/list-matching-refs": need("read", "contents"),
  "git/get-ref": need("read", "contents"),
  "git/create-ref": need("write", "contents"),
  "git/update-ref": need("write", "contents"),
  "git/delete-ref": need("write", "contents"),
  "git/create-blob": need("write", "contents"),
  "git/create-tree": need("write", "contents"),
  "git/create-commit": need("write", "contents"),
  "git/get-commit": need("read", "contents"),
  "git/get-tree": need("read", "contents"),
  "pulls/list": need("read", "pull_requests"),
  "pulls/create": need("write", "pull_requests"),
  "pulls/get": need("read", "pull_requests"),
  "pulls/update": need("write", "pull_requests"),
  "pulls/merge": need("write", "contents"),
  "pulls/list-commits": need("read", "pull_requests"),
  "pulls/list-files": need("read", "pull_requests"),
  "pulls/list-reviews": need("read", "pull_requests"),
  "pulls/list-review-comments": need("read", "pull_requests"),
  "pulls/list-requested-reviewers": need("read", "pull_requests"),
  "pulls/request-reviewers": need("write", "pull_requests"),
  "pulls/remove-requested-reviewers": need("write", "pull_requests"),
  "issues/list-for-repo": need("read", "issues", "pull_requests"),
  "issues/get": need("read", "issues", "pull_requests"),
  "issues/create": need("write", "issues"),
  "issues/update": need("write", "issues", "pull_requests"),
  "issues/list-labels-on-issue": need("read", "issues", "pull_requests"),
  "issues/add-labels": need("write", "issues", "pull_requests"),
  "issues/remove-label": need("write", "issues", "pull_requests"),
  "issues/list-labels-for-repo": need("read", "issues", "pull_requests"),
  "issues/create-label": need("write", "issues", "pull_requests"),
  "issues/list-comments": need("read", "issues", "pull_requests"),
  "issues/create-comment": need("write", "issues", "pull_requests"),
  "issues/update-comment": need("write", "issues", "pull_requests"),
  "issues/delete-comment": need("write", "issues", "pull_requests"),
  "issues/list-events": need("read", "issues", "pull_requests"),
  "reactions/create-for-issue-comment": need("write", "issues", "pull_requests"),
  "reactions/list-for-issue-comment": need("read", "issues", "pull_requests"),
  "checks/list-for-ref": need("read", "checks"),
  "checks/list-annotations": need("read", "checks"),
  "checks/create": need("write", "checks"),
  "checks/update": need("write", "checks"),
} as const satisfies Record<OperationId, Need>;

/** Finds the token of a request. Throws 401 where there is none that is good. */
export function authenticate(world: World, authorization: string | undefined): FakeToken {
  if (authorization === undefined) throw new Refusal(401, "Requires authentication");
  const found = world.tokens.find(({ value }) => isBearer(authorization, value));
  if (found === undefined || found.expired) throw new Refusal(401, "Bad credentials");
  return found;
}

/** True when a request came with this token, as REST sends it or as git does. */
export function isBearer(authorization: string | undefined, value: string): boolean {
  const basic = /^basic (.+)$/i.exec(authorization ?? "")?.[1];
  if (basic !== undefined) return Buffer.from(basic, "base64").toString("utf8").endsWith(`:${value}`);
  return /^(?:token|bearer) (.+)$/i.exec(authorization ?? "")?.[1] === value;
}

/** Throws 401 unless the bearer is a fresh JSON web token of the app, signed with its key. */
export function authenticateApp(world: World, authorization: string | undefined): void {
  const [head = "", claims = "", signature = ""] = (/^bearer (.+)$/i.exec(authorization ?? "")?.[1] ?? "").split(".");
  const key = createPublicKey(world.app.publicKey);
  const signed = verify("sha256", Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, "base64url"));
  if (!signed) throw new Refusal(401, "A JSON web token could not be decoded");
  const claimed = z
    .object({ iss: z.union([z.string(), z.number()]), iat: z.number(), exp: z.number() })
    .parse(JSON.parse(Buffer.from(claims, "base64url").toString("utf8")));
  const now = Date.now() / 1000;
  if (claimed.exp < now || claimed.iat > now + 60 || claimed.exp - claimed.iat > 660)
    throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future");
  if (String(claimed.iss) !== String(world.app.id)) throw new Refusal(401, "Integration not found");
}

/** Throws 404 for what the token cannot see and 403 for what it may not do, as GitHub does. */
export function authorize(found: FakeToken, repository: FakeRepository, wish: Need): void {
  if (found.repositories !== null && !found.repositories.includes(fullName(repository)))
    throw new Refusal(404, "Not Found");
  if (wish.kind !== "permission") return;
  if (repository.private && found.permissions.metadata === undefined) throw new Refusal(404, "Not Found");
  const enough = wish.any.some((permission) => {
    const has = permission === "metadata" ? "read" : found.permissions[permission];
    return has === "write" || (has === "read" && wish.level === "read");
  });
  if (!enough) throw forbidden(found, wish.any.map((one) => `${one}=${wish.level}`).join("; "));
  if (wish.level === "read") return;
  if (repository.archived) throw new Refusal(403, "Repository was archived so is read-only.");
  const level = repository.people.get(found.login) ?? "none";
  if (!isBot(found.login) && !["write", "maintain", "admin"].includes(level))
    throw new Refusal(403, "Must have push access to repository");
}

export function forbidden({ kind }: FakeToken, needed?: string): Refusal {
  const who = kind === "installation" ? "integration" : "personal access token";
  const headers = needed === undefined ? {} : { "x-accepted-github-permissions": needed };
  return new Refusal(403, `Resource not accessible by ${who}`, { headers });
}
