import { rename, writeFile } from "node:fs/promises";
import { z } from "zod";
import { NightsweepError } from "../core/errors.ts";
import { readTextIfPresent } from "./files.ts";

const notesSchema = z.object({
  labels: z.array(z.string()),
  draft: z.boolean(),
  /** When nightsweep closed it. */
  closedAt: z.string().nullable(),
  comments: z.array(z.object({ topic: z.string(), text: z.string(), at: z.string() })),
});

/** What a local pull request has besides its description and its branch. */
export type LocalNotes = Readonly<z.output<typeof notesSchema>>;

/** The notes of one that nothing was noted of. */
export const noNotes: LocalNotes = { labels: [], draft: true, closedAt: null, comments: [] };

/** Reads the notes of a local pull request. Throws STATE_INVALID when a person has spoiled them. */
export async function readNotes(file: string): Promise<LocalNotes> {
  const text = await readTextIfPresent(file);
  if (text === undefined) return noNotes;
  try {
    return notesSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new NightsweepError("STATE_INVALID", `notes of a local pull request: ${file.split(/[\\/]/).at(-1) ?? ""}`, {
      cause: error,
    });
  }
}

/** Writes the notes of a local pull request whole. */
export async function writeNotes(file: string, notes: LocalNotes): Promise<void> {
  await writeFile(`${file}.unfinished`, `${JSON.stringify(notes, null, 2)}\n`);
  await rename(`${file}.unfinished`, file);
}
