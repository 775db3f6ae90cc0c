/** What a claim is about, and where it was made. */
type Claim = {
  readonly repo: string;
  readonly commit: string;
  readonly subject: { readonly file: string; readonly name: string | undefined };
};

/** The commands with which anybody can check a claim again: the search of the mark, and one for the plain name. */
export function replayCommands({ repo, commit, subject: { file, name } }: Claim): readonly string[] {
  const symbol = name === undefined || file === name || file.endsWith(`/${name}`) ? file : `${file}#${name}`;
  const ref = commit === "HEAD" ? "" : ` --ref ${commit}`;
  return [
    `nightsweep explain ${quote(repo)} ${quote(symbol)}${ref}`,
    `git grep -nwF ${quote(wordOf(name ?? file))} ${commit}`,
  ];
}

/** What others would spell: the last name of a path, a package, or a file without its folder and extension. */
function wordOf(name: string): string {
  if (/\.[cm]?[jt]sx?$/.test(name)) return name.replace(/^.*\//, "").replace(/(\.d)?\.[cm]?[jt]sx?$/, "");
  return /^@?[\w-]+\//.test(name) ? name : name.replace(/^.*[.>(]/, "");
}

function quote(word: string): string {
  return /^[\w@%+=:,./#-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
