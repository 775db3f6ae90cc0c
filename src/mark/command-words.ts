import type { TextFile } from "./mentions.ts";
import type { Package } from "./units.ts";

/** Texts whose lines are run by a shell: hooks, workflows, scripts and images. */
const shells =
  /(^|\/)(\.husky|\.github\/(workflows|actions|scripts)|\.circleci|\.lefthook)\/|(^|\/)(Makefile|Dockerfile[\w.-]*|\.gitlab-ci\.yml|lefthook\.ya?ml)$|\.(sh|bash|dockerfile)$/i;

/** The words of all commands that manifests, hooks, workflows and shell scripts run, such as the programs of packages. */
export function collectCommandWords(packages: Iterable<Package>, texts: readonly TextFile[]): ReadonlySet<string> {
  const lines = [
    ...[...packages].flatMap(({ manifest }) => Object.values(manifest.scripts ?? {})),
    ...texts.flatMap(({ file, text }) => (shells.test(file) ? text.split("\n") : [])),
  ];
  const words = lines.filter((line) => !/^\s*#/.test(line)).flatMap((line) => line.split(/[\s"'`;&|()[\],]+/));
  return new Set(words.map(programOf));
}

/** `npx rimraf@5`, `node_modules/.bin/rimraf` and `./node_modules/rimraf/bin.js` all run rimraf. */
function programOf(word: string): string {
  const path = /node_modules\/(?:\.bin\/)?((?:@[^/]+\/)?[^/]+)/.exec(word)?.[1] ?? word;
  return path.replace(/(?<=.)@[^/]*$/, "");
}
