import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Config } from "../core/config.ts";
import { NightsweepError } from "../core/errors.ts";
import { createPacer, type Pacer } from "./github-pace.ts";
import type { GitHubProof } from "./github-tokens.ts";

/** What the forges of a night share: the proof that we may, and the pace that they keep together. */
export type ForgeKeys = { readonly proof: GitHubProof; readonly pace: Pacer };

type Place = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A file is relative to it: the folder of the configuration. */
  readonly directory: string;
};

/** Reads the app's key or the tokens that the configuration names. Throws TOKEN_MISSING. */
export async function readForgeKeys(forge: Config["forge"], place: Place): Promise<ForgeKeys | null> {
  if (forge.kind === "local") return null;
  const { app, tokenEnv, readTokenEnv, secondsBetweenWrites } = forge;
  const pace = createPacer({ secondsBetweenWrites });
  if (app !== undefined)
    return { proof: { kind: "app", appId: app.id, privateKey: await readPrivateKey(app, place) }, pace };
  const write = secretOf(tokenEnv, place);
  const read = readTokenEnv === undefined ? write : secretOf(readTokenEnv, place);
  return { proof: { kind: "token", read, write }, pace };
}

type App = NonNullable<Extract<Config["forge"], { kind: "github" }>["app"]>;

async function readPrivateKey({ privateKeyEnv, privateKeyFile }: App, place: Place): Promise<string> {
  // An environment variable often has its line breaks written out.
  if (privateKeyFile === undefined) return secretOf(privateKeyEnv, place).replaceAll("\\n", "\n");
  return readFile(path.resolve(place.directory, privateKeyFile), "utf8").catch((cause: unknown) => {
    throw new NightsweepError("TOKEN_MISSING", `forge.app.privateKeyFile: ${privateKeyFile}`, { cause });
  });
}

function secretOf(name: string, { environment }: Place): string {
  const value = environment[name] ?? "";
  if (value === "") throw new NightsweepError("TOKEN_MISSING", name);
  return value;
}
