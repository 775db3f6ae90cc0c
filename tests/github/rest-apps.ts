import { randomBytes } from "node:crypto";
import { z } from "zod";
import { created, ok, paged, Refusal, type Answer, type Call } from "./call.ts";
import type { OperationId } from "./operations.ts";
import { showRepository, showUser } from "./present.ts";
import { botLogin, findRepository, fullName, type FakeToken, type World } from "./world.ts";

type AppHandler = (call: Omit<Call, "token"> & { readonly token: FakeToken | null }) => Answer;

/** The app, its installation and its tokens; and who a token is. */
export const appHandlers: Readonly<Partial<Record<OperationId, AppHandler>>> = {
  "apps/get-authenticated": ({ world }) =>
    ok({
      id: world.app.id,
      slug: world.app.slug,
      name: world.app.slug,
      permissions: world.installation?.permissions ?? {},
      events: [],
    }),
  "apps/get-repo-installation": ({ world, path }) => {
    const repository = findRepository(world, path["owner"] ?? "", path["repo"] ?? "");
    if (world.installation === null || repository === undefined) throw new Refusal(404, "Not Found");
    return ok(showInstallation(world, world.installation, repository.owner));
  },
  "apps/create-installation-access-token": ({ world, path, body }) => {
    const { installation } = world;
    if (installation === null || Number(path["installation_id"]) !== installation.id)
      throw new Refusal(404, "Not Found");
    const { permissions, repositories } = wishSchema.parse(body ?? {});
    const token = mint(world, installation.permissions, permissions, repositories);
    const expires = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+Z$/, "Z");
    return created({ token: token.value, expires_at: expires, permissions: token.permissions });
  },
  "apps/list-repos-accessible-to-installation": (call) => {
    const { world, token } = call;
    if (token?.kind !== "installation")
      throw new Refusal(403, "You must authenticate with an installation access token in order to list repositories.");
    const found = world.repositories.filter(
      (one) => token.repositories === null || token.repositories.includes(fullName(one)),
    );
    const shown = found.map((one) => showRepository(world, one));
    return paged({ ...call, token }, shown, (page) => ({ total_count: found.length, repositories: page }));
  },
  "users/get-authenticated": ({ world, token }) => {
    if (token?.kind === "installation") throw new Refusal(403, "Resource not accessible by integration");
    const scopes = token?.kind === "classic" ? { "x-oauth-scopes": "repo, workflow" } : {};
    return { ...ok(showUser(world, token?.login ?? "")), headers: scopes };
  },
  "users/get-by-username": ({ world, path }) => ok(showUser(world, path["username"] ?? "")),
  "rate-limit/get": () => {
    const rate = { limit: 5000, used: 0, remaining: 5000, reset: Math.ceil(Date.now() / 1000) + 3600 };
    return ok({ resources: { core: rate, search: rate }, rate });
  },
  "meta/root": () => ok({}),
};

const permissionSchema = z.record(z.string(), z.enum(["read", "write", "admin"]));
const wishSchema = z.object({ permissions: permissionSchema.optional(), repositories: z.array(z.string()).optional() });

/** A token may have no more than the installation, and GitHub says so in these words. */
function mint(
  world: World,
  granted: FakeToken["permissions"],
  wanted: z.output<typeof permissionSchema> | undefined,
  repositories: readonly string[] | undefined,
): FakeToken {
  if (Object.entries(wanted ?? {}).some(([name, level]) => !isGranted(granted, name, level)))
    throw new Refusal(422, "The permissions requested are not granted to this installation.");
  const full = repositories?.map((name) => world.repositories.find((one) => one.name === name));
  if (full?.includes(undefined) === true)
    throw new Refusal(
      422,
      "There is at least one repository that does not exist or is not accessible to the parent installation.",
    );
  const token: FakeToken = {
    value: `ghs_${randomBytes(18).toString("hex")}`,
    kind: "installation",
    login: botLogin(world),
    permissions: wanted ?? granted,
    repositories: full?.flatMap((one) => (one === undefined ? [] : [fullName(one)])) ?? null,
    expired: false,
  };
  world.tokens.push(token);
  return token;
}

function isGranted(granted: FakeToken["permissions"], name: string, level: string): boolean {
  const has = Object.entries(granted).find(([one]) => one === name)?.[1];
  return has === "write" || (has === "read" && level === "read");
}

function showInstallation(world: World, { id, permissions }: NonNullable<World["installation"]>, owner: string) {
  return {
    ...{ id, app_id: world.app.id, app_slug: world.app.slug, permissions, repository_selection: "all" },
    ...{
      account: showUser(world, owner),
      target_type: "Organization",
      events: [],
      suspended_at: null,
      suspended_by: null,
    },
  };
}
