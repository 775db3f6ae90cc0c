import type { RepoPath } from "../core/names.ts";

/** The folder of a repository path, `""` for the top. */
export function folderOf(path: RepoPath): RepoPath {
  const at = path.lastIndexOf("/");
  return at === -1 ? "" : path.slice(0, at);
}

/** Joins and normalises repository paths; `null` when the result leaves the repository. */
export function joinPath(folder: RepoPath, relative: string): RepoPath | null {
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of relative.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/");
}

/** Whether a file is one that the mark parses. */
export function isSourceFile(path: RepoPath): boolean {
  return /\.[cm]?[jt]sx?$/.test(path);
}

/** Folders whose files are tests or only serve them. */
export function isTestPath(path: RepoPath): boolean {
  return (
    /(^|\/)(__tests__|__mocks__|__fixtures__|(?:(?:integration|acceptance|smoke|unit)[-_])?tests?|specs?|e2e|cypress|playwright|testing|test-utils?|typings-tests?|test-d)\//i.test(
      path,
    ) ||
    /[._-](test|spec|e2e|cy|test-d|spec-d)\.[cm]?[jt]sx?$/.test(path) ||
    /(^|\/)(tests?|spec|test-?setup|setup-?tests?|(jest|vitest)[.-]setup)\.[cm]?[jt]sx?$/i.test(path)
  );
}

/** Folders that hold code nobody imports on purpose: their files are never taken for unused. */
export function isAsidePath(path: RepoPath): boolean {
  // Inside the sources, "tools" or "templates" is a part of the program; beside them it is not.
  const besideSources = path.replace(/(^|\/)(src|source|app|lib)\/.*$/, "/");
  return (
    /(^|\/)(bench(es|marks?)?|examples?|demos?|[\w-]*fixtures?_*|_*test[-_]?data_*|([\w-]*[-_])?migrations?|seeds?|seeders?|stories|storybook|\.[^/]+)\//i.test(
      path,
    ) ||
    /(^|\/)(samples?|scripts?|tools?|([\w-]*-)?docs?|www|website|sites?|templates?|prisma|perf|playgrounds?|sandbox(es)?)\//i.test(
      besideSources,
    ) ||
    // `medusa-config.js` at the top of a package is for the tool of that name; `src/site-config.ts` is a module.
    /(^|\/)[\w]+-config\.[cm]?[jt]s$/.test(besideSources) ||
    /\.(config|setup|stories|bench|conf|fixture)\.[cm]?[jt]sx?$/.test(path) ||
    // Code that tests work on, not with: what is dead in it is dead on purpose.
    /(^|\/)(__tests__|tests?|specs?|e2e)\/(.*\/)?(before|after|inputs?|outputs?|expected|actual|cases|test-?data|data|repositories)\//i.test(
      path,
    ) ||
    /(^|\/)(\.[^/]+|(playground|sandbox|scratch|demo|example)\.[cm]?[jt]sx?)$/.test(path)
  );
}

/** Type tests: their declarations are there for the compiler, and nobody names them. */
export function isTypeTestPath(path: RepoPath): boolean {
  return (
    /(^|\/)(typings?|type-?tests?|__type-?tests__|test-d|dtslint)\//i.test(path) ||
    /[._-](test|spec)-d\.[cm]?tsx?$|\.type-?(test|spec)s?\.tsx?$|(^|[/._-])types?\.(test|spec)\.tsx?$/.test(path)
  );
}

/** `schema.generated.ts`, `generated-types.ts`, `fruit_pb.js`, `fruit.min.js`; and `app.template.tsx`, which is filled in. */
export function isNamedAsGenerated(path: RepoPath): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return (
    /(^|[._-])(auto-?)?generated([._-]|(?=\.))/i.test(name) ||
    /[._-](gen|g|pb|min|bundle|bundled|standalone|template|tmpl|tpl)\.[cm]?[jt]sx?$/.test(name)
  );
}
