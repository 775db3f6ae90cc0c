/** So many lines in a row are no coincidence; the same number as common detectors of copies take. */
const windowLines = 6;

/** Where a run of lines was first seen, as the place of its first line among all that count. */
type Place = { readonly file: number; readonly at: number };

/**
 * Counts the lines that stand in a run of at least six that is written in more than one place. Indentation, empty lines,
 * brackets by themselves, comments and imports do not count and do not interrupt a run. A measure for the trend of a
 * repository, not a finding: renamed copies are not seen.
 */
export function countClonedLines(texts: readonly string[]): number {
  const numbers = new Map<string, number>();
  const files = texts.map((text) =>
    text.split("\n").flatMap((line) => {
      const shown = line.trim();
      return counts(shown) ? [numberOf(numbers, shown)] : [];
    }),
  );
  const cloned = files.map((lines) => new Uint8Array(lines.length));
  const mark = ({ file, at }: Place) => cloned[file]?.fill(1, at, at + windowLines);
  const first = new Map<string, Place>();
  for (const [file, lines] of files.entries())
    for (let at = 0; at + windowLines <= lines.length; at += 1) {
      const key = lines.slice(at, at + windowLines).join();
      const before = first.get(key);
      if (before === undefined) first.set(key, { file, at });
      // A list of like lines overlaps itself, which is no copy.
      else if (before.file !== file || at - before.at >= windowLines) {
        mark(before);
        mark({ file, at });
      }
    }
  return cloned.reduce((sum, lines) => sum + lines.reduce((count, one) => count + one, 0), 0);
}

function counts(line: string): boolean {
  return /\w/.test(line) && !/^(?:\/\/|\/?\*|import\b|export \* from|export \{.*\} from)/.test(line);
}

function numberOf(numbers: Map<string, number>, line: string): number {
  const known = numbers.get(line);
  if (known !== undefined) return known;
  numbers.set(line, numbers.size);
  return numbers.size - 1;
}
