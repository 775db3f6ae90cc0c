import type { Graph } from "../mark/graph.ts";
import type { ImportBinding, Module, ModuleReference, Use } from "../mark/module.ts";
import { folderOf, isTestPath, joinPath } from "../mark/paths.ts";
import { spellDeclared, type Declared, type Meanings } from "./meanings.ts";

/** An import of a declaration by its name. */
export type Importer = { readonly index: number; readonly binding: ImportBinding };

/** Who names a declaration outside of its own module. */
export type Users = {
  readonly importers: readonly Importer[];
  /** Modules that pass it on by its name. */
  readonly passedOnBy: readonly number[];
  /** Set when something takes it in a way that cannot be rewritten, such as through a namespace. */
  readonly isHidden: boolean;
};

const nobody: Users = { importers: [], passedOnBy: [], isHidden: false };

/** Finds the users of the declarations with the given names; the modules are read once. */
export function findUsers(graph: Graph, meanings: Meanings, names: ReadonlySet<string>): (declared: Declared) => Users {
  const found = new Map<string, Users>();
  const note = (index: number, specifier: string, imported: string, more: (users: Users) => Users) => {
    const declared =
      names.has(imported) || imported === "default" ? meanings.behindImport(index, specifier, imported) : undefined;
    if (declared === undefined || declared.module === index) return;
    const key = spellDeclared(declared);
    found.set(key, more(found.get(key) ?? nobody));
  };
  const hide = (users: Users): Users => ({ ...users, isHidden: true });
  for (const [index, module] of graph.modules.entries()) {
    for (const binding of module.imports.filter(({ imported }) => imported !== "*"))
      note(index, binding.specifier, binding.imported, (users) => ({
        ...users,
        importers: [...users.importers, { index, binding }],
      }));
    for (const { specifier, imported } of namedReexports(module))
      note(index, specifier, imported, (users) => ({ ...users, passedOnBy: [...users.passedOnBy, index] }));
    for (const { specifier, name } of hiddenUses(module, names)) note(index, specifier, name, hide);
  }
  return (declared) => found.get(spellDeclared(declared)) ?? nobody;
}

function namedReexports({ exports }: Module) {
  return exports.flatMap(({ source }) => (source.kind === "from" && source.imported !== "*" ? [source] : []));
}

type HiddenUse = { readonly specifier: string; readonly name: string };

/** What is taken of other modules without an import or export of its name. */
function hiddenUses({ imports, exports, uses, references }: Module, names: ReadonlySet<string>): readonly HiddenUse[] {
  const all = (specifier: string) => [...names].map((name) => ({ specifier, name }));
  return [
    ...imports.filter(({ imported }) => imported === "*").flatMap((binding) => namesThrough(names, uses, binding)),
    ...exports.flatMap(({ source }) =>
      source.kind === "from" && source.imported === "*" ? all(source.specifier) : [],
    ),
    ...references.flatMap(({ text, members }) =>
      members === undefined
        ? all(text)
        : members.filter((name) => names.has(name)).map((name) => ({ specifier: text, name })),
    ),
  ];
}

/** What is taken of a namespace: the members that are written out, or all when it escapes. */
function namesThrough(
  names: ReadonlySet<string>,
  uses: readonly Use[],
  { local, specifier }: ImportBinding,
): readonly HiddenUse[] {
  const own = uses.filter(({ name }) => name === local);
  const isWhole = own.some(({ member }) => member === undefined);
  const taken = isWhole ? names : new Set(own.map(({ member }) => member ?? ""));
  return [...names].filter((name) => taken.has(name)).map((name) => ({ specifier, name }));
}

/** The modules that tests name by their path, as `vi.mock` and `jest.mock` do: what they stand for may be replaced. */
export function findMocked({ modules, exportIndex, resolver, indexOf }: Graph): ReadonlySet<number> {
  const mocked = modules.flatMap(({ file, references }, index) => {
    if (!isTestPath(file)) return [];
    return references.filter(isByPath).flatMap(({ text }) => {
      const named = [joinPath("", text), joinPath(folderOf(file), text)].flatMap((path) => resolver.fileAt(path));
      return [...exportIndex.targets(index, text), ...named.map((path) => indexOf.get(path) ?? -1)];
    });
  });
  return new Set(mocked);
}

function isByPath({ kind }: ModuleReference): boolean {
  return kind !== "import-type";
}
