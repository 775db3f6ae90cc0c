import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { readManifest } from "../../src/core/manifest.ts";
import { askEveryRoot } from "../../src/mark/ask-roots.ts";
import { temporaryFolder } from "../io/temporary-folder.ts";

const files = {
  "package.json": '{ "name": "orchard", "main": "src/index.js" }\n',
  "src/index.js": "export const apple = 1;\n",
  "apps/shop/package.json": '{ "name": "shop", "main": "index.js" }\n',
  "apps/shop/index.js": "export const pear = 1;\n",
  "apps/stall/package.json": '{ "name": "stall" }\n',
  "apps/stall/knip.json": '{ "entry": 7 }\n',
};

test("packages that no workspace covers are asked for alone, and one that cannot be read stops nobody", async () => {
  await using folder = await temporaryFolder();
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder.path, file)), { recursive: true });
    await writeFile(join(folder.path, file), text);
  }
  const packages = new Map(
    ["", "apps/shop", "apps/stall"].map((directory) => {
      const manifestFile = join(directory, "package.json");
      const manifest = readManifest(manifestFile in files ? files[manifestFile as keyof typeof files] : "{}");
      return [directory, { directory, manifestFile, manifest: manifest ?? {} }] as const;
    }),
  );
  const request = { directory: folder.path, files: Object.keys(files), knipTimeoutMs: 60_000 };
  const { entries, configErrors } = await askEveryRoot(request, packages);
  expect(entries.map(({ file }) => file).sort()).toEqual(["apps/shop/index.js", "src/index.js"]);
  expect(configErrors).toEqual([expect.stringContaining("apps/stall")]);
});
