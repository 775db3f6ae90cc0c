import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** A policy file as somebody sees it, and by what it is known that it is still the same. */
export type PolicyText = { readonly text: string; readonly base: string };

/** Reads a policy file as text. */
export async function readPolicyText(file: string): Promise<PolicyText> {
  const text = await readFile(file, "utf8");
  return { text, base: createHash("sha256").update(text, "utf8").digest("hex") };
}

/** Lends a copy of the policies with another text for one of them, so that it can be tried without being saved. */
export async function withDraft<Result>(
  file: string,
  text: string,
  use: (draft: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), "nightsweep-policy-"));
  try {
    await cp(path.dirname(file), folder, {
      recursive: true,
      filter: (from) => from === path.dirname(file) || /\.ya?ml$/.test(from),
    });
    const draft = path.join(folder, path.basename(file));
    await writeFile(draft, text);
    return await use(draft);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Saves a policy, if its file is still what it was; gives whether it was. */
export async function savePolicy(file: string, { text, base }: PolicyText): Promise<boolean> {
  if ((await readPolicyText(file)).base !== base) return false;
  const beside = `${file}.new`;
  await writeFile(beside, text);
  await rename(beside, file);
  return true;
}
