import { gitHubPermissions } from "./github-permissions.ts";

/** What is asked of a new GitHub App: what `doctor` looks for, and no event, since nothing here listens. */
export type AppManifest = {
  readonly name: string;
  readonly url: string;
  readonly description: string;
  readonly public: false;
  readonly hook_attributes: { readonly url: string; readonly active: false };
  readonly default_permissions: Readonly<Record<string, "read" | "write">>;
  readonly default_events: readonly never[];
};

/** GitHub asks for an address, which people see at the app and which nothing is sent to. */
const homepage = "https://github.com";

/** The manifest of the app, as GitHub takes it for a new one. */
export function appManifest(name: string): AppManifest {
  return {
    name,
    url: homepage,
    description: "Opens small pull requests that delete what nothing reaches.",
    public: false,
    hook_attributes: { url: homepage, active: false },
    default_permissions: Object.fromEntries(appPermissions().map(({ name: permission, level }) => [permission, level])),
    default_events: [],
  };
}

/** Each permission of the app with its level and what it is for. */
export function appPermissions(): readonly {
  readonly name: string;
  readonly level: "read" | "write";
  readonly must: boolean;
  readonly for: string;
}[] {
  return Object.entries(gitHubPermissions).map(([name, { write: level, must, for: purpose }]) => {
    return { name, level, must, for: purpose };
  });
}

/** The address of GitHub's form for a new app, filled in. */
export function newAppAddress(name: string, organisation: string | undefined): string {
  const owner = organisation === undefined ? "settings" : `organizations/${organisation}/settings`;
  const address = new URL(`https://github.com/${owner}/apps/new`);
  const { url, default_permissions: permissions } = appManifest(name);
  const words = { name, url, public: "false", webhook_active: "false", ...permissions };
  for (const [key, value] of Object.entries(words)) address.searchParams.set(key, value);
  return address.href;
}
