import { existsSync } from "node:fs";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkOut, type CheckoutRequest } from "../../src/checkout/check-out.ts";
import { git } from "../../src/io/git.ts";
import { resources, sandboxHere } from "../io/enclosure.ts";
import { mirrorOf, plantCommit, plantRepository } from "../io/planted-repository.ts";
import { temporaryFolder } from "../io/temporary-folder.ts";

const shop = { "package.json": '{"scripts":{"test":"node --test"}}', "src/shop.ts": "export {};\n" };

const sandbox = await sandboxHere();

function requestIn(path: string, more: Partial<CheckoutRequest> = {}): CheckoutRequest {
  return { ...mirrorOf(path), install: true, installMinutes: 2, sandbox, resources, installHosts: [], ...more };
}

/** A workspace that needs no registry: its only dependency is a folder of its own. */
const pear = {
  "package.json": '{"name":"shop","version":"1.0.0","dependencies":{"pear":"file:pear"}}',
  "package-lock.json": JSON.stringify({
    name: "shop",
    version: "1.0.0",
    lockfileVersion: 3,
    requires: true,
    packages: {
      "": { name: "shop", version: "1.0.0", dependencies: { pear: "file:pear" } },
      "node_modules/pear": { resolved: "pear", link: true },
      pear: { version: "1.0.0" },
    },
  }),
  "pear/package.json": '{"name":"pear","version":"1.0.0","main":"index.js"}',
  "pear/index.js": 'module.exports = "pear";\n',
  "src/shop.js": 'console.log(require("pear"));\n',
  ".gitignore": "node_modules\n.env\n",
  ".env.example": "FRUIT=pear\n",
};

describe.concurrent("checkOut", () => {
  it("gives a clean work tree of the default branch, and takes it away again", async () => {
    await using folder = await temporaryFolder();
    const request = requestIn(folder.path);
    const files = { ...shop, "src/two words.ts": "", "src/Äpfel.ts": "\uFEFFexport {};\r\n" };
    const commit = await plantRepository(request.location, files);
    let directory = "";
    {
      await using checkedOut = await checkOut(request);
      directory = checkedOut.directory;
      expect(checkedOut.record).toEqual({
        location: request.location,
        base: { branch: "main", commit },
        installation: null,
        sandbox: { kind: sandbox.kind, because: sandbox.because },
        checks: [
          {
            kind: "test",
            name: "npm run test",
            command: ["npm", "run", "test"],
            directory: "",
            source: "package.json scripts.test",
          },
        ],
      });
      expect(checkedOut.files).toEqual(["package.json", "src/shop.ts", "src/two words.ts", "src/Äpfel.ts"]);
      expect(await readFile(join(directory, "src/Äpfel.ts"), "utf8")).toBe("\uFEFFexport {};\r\n");
    }
    expect(existsSync(directory)).toBe(false);
    const mirror = join(request.stateDirectory, "mirrors", request.key);
    expect((await git({ directory: mirror, words: ["worktree", "list"] })).trim().split("\n")).toHaveLength(1);
  });

  it("installs from the lock file, with the shared cache and the example of a .env", async () => {
    await using folder = await temporaryFolder();
    const request = requestIn(folder.path);
    await plantRepository(request.location, pear);
    await using checkedOut = await checkOut(request);
    const { directory, record } = checkedOut;
    expect(record.installation).toMatchObject({
      packageManager: "npm",
      version: null,
      lockfile: "package-lock.json",
      command: ["npm", "ci", "--ignore-scripts"],
    });
    expect(existsSync(join(directory, "node_modules", "pear", "index.js"))).toBe(true);
    expect(await readFile(join(directory, ".env"), "utf8")).toBe("FRUIT=pear\n");
    expect(existsSync(join(request.stateDirectory, "cache", "of", "orchard", "npm"))).toBe(true);
    // As root the files are those of the user that foreign code runs as.
    const env = { GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "safe.directory", GIT_CONFIG_VALUE_0: "*" };
    expect(await git({ directory, words: ["status", "--porcelain"], env })).toBe("");
  });

  it("stops at a failing install with the last lines of its log", async () => {
    await using folder = await temporaryFolder();
    const request = requestIn(folder.path);
    const broken = pear["package.json"].replace('"pear":"file:pear"', '"pear":"file:pear","plum":"file:plum"');
    await plantRepository(request.location, { ...pear, "package.json": broken });
    await expect(checkOut(request)).rejects.toMatchObject({
      code: "INSTALL_FAILED",
      message: "Installing the dependencies failed: npm ci --ignore-scripts (exit 1)",
      detail: /plum/,
    });
    const mirror = join(request.stateDirectory, "mirrors", request.key);
    expect((await git({ directory: mirror, words: ["worktree", "list"] })).trim().split("\n")).toHaveLength(1);
  });

  it("names the hosts that an install wanted and may not reach", async () => {
    await using folder = await temporaryFolder();
    const request = requestIn(folder.path);
    await plantRepository(request.location, {
      ...shop,
      ".npmrc": "fetch-retries=0\n",
      "package.json": '{"dependencies":{"plum":"https://plums.example.org/plum-1.0.0.tgz"}}',
      "package-lock.json":
        '{"lockfileVersion":3,"requires":true,"packages":{"":{"dependencies":{"plum":"https://plums.example.org/plum-1.0.0.tgz"}},"node_modules/plum":{"version":"1.0.0","resolved":"https://plums.example.org/plum-1.0.0.tgz"}}}',
    });
    const refused = /may not reach: plums\.example\.org:443; npm ci --ignore-scripts \(exit 1\)$/;
    await expect(checkOut(request)).rejects.toMatchObject(
      sandbox.kind === "none" ? { code: "INSTALL_FAILED" } : { code: "INSTALL_HOSTS_REFUSED", message: refused },
    );
  });

  it("takes another commit when one is named", async () => {
    await using folder = await temporaryFolder();
    const request = requestIn(folder.path);
    const first = await plantRepository(request.location, shop);
    await plantCommit(request.location, { "src/new.ts": "" }, 2);
    await using checkedOut = await checkOut({ ...request, ref: first.slice(0, 10) });
    expect(checkedOut.record.base).toEqual({ branch: "main", commit: first });
    await expect(checkOut({ ...request, ref: "no-such-branch" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("takes a detached HEAD of a path as it stands, and calls it by its branch if there is one", async () => {
    await using folder = await temporaryFolder();
    const request = requestIn(folder.path);
    const first = await plantRepository(request.location, shop);
    await git({ directory: request.location, words: ["checkout", "--quiet", "--detach"] });
    {
      await using onBranch = await checkOut(request);
      expect(onBranch.record.base).toEqual({ branch: "main", commit: first });
    }
    const second = await plantCommit(request.location, { "src/new.ts": "" }, 2);
    await using detached = await checkOut(request);
    expect(detached.record.base).toEqual({ branch: "HEAD", commit: second });
  });

  it("looks at a repository without a lock file when nothing is to be installed", async () => {
    await using folder = await temporaryFolder();
    const request = requestIn(folder.path, { install: false });
    await plantRepository(request.location, { ...shop, "package.json": '{"dependencies":{"pear":"1.0.0"}}' });
    await using checkedOut = await checkOut(request);
    expect(checkedOut.record.installation).toBeNull();
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ["no package.json", { "src/plum.ts": "" }, "NO_PACKAGE_JSON"],
    ["no source file", { "package.json": "{}", "README.md": "" }, "NO_SOURCE"],
    ["an invalid package.json", { "package.json": "{", "src/plum.ts": "" }, "MANIFEST_INVALID"],
    [
      "another's lock file",
      { ...pear, "package.json": '{"packageManager":"pnpm@10.0.0","dependencies":{"pear":"1.0.0"}}' },
      "LOCKFILE_MISSING",
    ],
    ["two lock files", { ...pear, "yarn.lock": "" }, "LOCKFILE_AMBIGUOUS"],
  ])("refuses a repository with %s", async (_what, files, code) => {
    await using folder = await temporaryFolder();
    const request = requestIn(folder.path);
    await plantRepository(request.location, files);
    await expect(checkOut(request)).rejects.toMatchObject({ code });
  });

  it("says when the HEAD of a remote names no branch that exists", async () => {
    await using folder = await temporaryFolder();
    const request = requestIn(folder.path);
    await plantRepository(request.location, shop);
    await git({ directory: request.location, words: ["symbolic-ref", "HEAD", "refs/heads/plum"] });
    await expect(checkOut(request)).rejects.toMatchObject({ code: "NO_DEFAULT_BRANCH", message: /branches are main/ });
  });

  it("says which source file a repository has lost", async () => {
    await using folder = await temporaryFolder();
    const request = requestIn(folder.path);
    await plantRepository(request.location, shop);
    const words = ["rev-parse", "HEAD:src/shop.ts"];
    const blob = (await git({ directory: request.location, words })).trim();
    const object = join(request.location, ".git", "objects", blob.slice(0, 2), blob.slice(2));
    await chmod(object, 0o644);
    await writeFile(object, "");
    await expect(checkOut(request)).rejects.toMatchObject({
      code: "GIT_FAILED",
      message: /lacks the content of src\/shop\.ts/,
    });
  });

  it("lies where no dependency and no setting of ours can be found", async () => {
    await using folder = await temporaryFolder();
    const request = requestIn(folder.path);
    await plantRepository(request.location, shop);
    await using checkedOut = await checkOut(request);
    expect(checkedOut.directory.startsWith(process.cwd())).toBe(false);
    expect(checkedOut.directory).not.toContain(".");
  });
});
