import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findNode } from "../../src/io/node-version.ts";
import { temporaryFolder } from "./temporary-folder.ts";

it.each<readonly [Readonly<Record<string, string>>, string | null, string | null]>([
  [{}, null, null],
  [{ ".nvmrc": "v24.1.0\n" }, null, null],
  [{ ".nvmrc": "20\n" }, "node@20", ".nvmrc"],
  [{ ".nvmrc": "lts/*\n" }, null, null],
  [{ ".nvmrc": "lts/Jod" }, "node@22", ".nvmrc"],
  [{ ".node-version": "v18.20.4 # old\n" }, "node@18.20.4", ".node-version"],
  [{ ".tool-versions": "pnpm 10.1.0\nnodejs 22.11.0\n" }, "node@22.11.0", ".tool-versions"],
  [{ "package.json": '{"volta":{"node":"20.9.0"}}' }, "node@20.9.0", "package.json volta"],
  [
    { "package.json": '{"devEngines":{"runtime":[{"name":"bun"},{"name":"node","version":"^22.4"}]}}' },
    "node@22",
    "package.json devEngines",
  ],
  [{ "package.json": '{"engines":{"node":">=18"}}' }, null, null],
  [{ "package.json": '{"engines":{"node":">=18 <23"}}' }, "node@22", "package.json engines"],
  [{ "package.json": '{"engines":{"node":"^18.17.0 || ^20.3.0 || >=21.0.0"}}' }, null, null],
  [{ "package.json": '{"engines":{"node":"^20.19 || ^22.12"}}' }, "node@22", "package.json engines"],
  [{ "package.json": '{"engines":{"node":"18.x"}}' }, "node@18", "package.json engines"],
  [{ "package.json": '{"engines":{"node":">=22.5 <=24.9"}}' }, null, null],
  [{ "package.json": '{"engines":{"node":"whatever"}}' }, null, null],
  [{ "package.json": "{ not json" }, null, null],
  [{ ".nvmrc": "$(touch /tmp/plum)" }, null, null],
])("%j", async (files, specifier, source) => {
  await using folder = await temporaryFolder();
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder.path, file), text);
  expect(await findNode(folder.path, 24)).toEqual({ specifier, source });
});
