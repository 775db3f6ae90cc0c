import { claim, type Access, type Binding, type Layout } from "./layout.ts";
import { pick, type UsePlan } from "./plan.ts";

/** One name that a module imports. */
export type ImportedName = {
  readonly source: number;
  /** Name in the other module, `default`, `*`, or the empty string for an import for its effects. */
  readonly imported: string;
  readonly local: string;
  readonly typeOnly: boolean;
};

/** The names of one module while it is printed: what it declares, and what it had to import so far. */
export type ModuleScope = {
  readonly module: number;
  readonly imports: readonly ImportedName[];
  /** The text by which a binding is reached from here; undefined when there is no way. */
  readonly refer: (binding: Binding, use: UsePlan) => string | undefined;
  readonly add: (name: Omit<ImportedName, "local">, word: string) => string;
  /** Whether this module may load another one before it runs. */
  readonly isUsable: (source: number) => boolean;
  /** Locals that were referred to since the last call, so that what shadows can avoid them. */
  readonly takeReferred: () => ReadonlySet<string>;
  /** Every name that is bound at module level so far. */
  readonly locals: () => readonly string[];
};

/** Opens the scope of one module. */
export function openScope(layout: Layout, module: number, isUsable: (source: number) => boolean): ModuleScope {
  const own = layout.bindings.filter((binding) => binding.module === module).map(({ local }) => local);
  const names = own.filter((name) => name !== null);
  const taken = new Set([...names, "depth", "run", "console", "Reflect", "Map", "Array", "Object", "String"]);
  const imports: ImportedName[] = [];
  let referred = new Set<string>();

  const add = (wanted: Omit<ImportedName, "local">, word: string): string => {
    const known = imports.find(
      (other) =>
        other.source === wanted.source && other.imported === wanted.imported && other.typeOnly === wanted.typeOnly,
    );
    if (known !== undefined) return known.local;
    const local = claim(taken, /^[a-z_$][\w$]*$/i.test(word) && word !== "default" ? word : "imported");
    imports.push({ ...wanted, local });
    return local;
  };
  const note = (local: string): string => {
    referred.add(local);
    return local;
  };

  const refer = (binding: Binding, use: UsePlan): string | undefined => {
    const isOwn = binding.module === module && binding.local !== null;
    const accesses = (layout.accesses.get(binding.id) ?? []).filter(({ module: source }) => isUsable(source));
    if (isOwn && (use.access % 4 !== 3 || accesses.length === 0)) return note(binding.local);
    const access = pick(accesses, use.access);
    return access === undefined ? undefined : spell(access, use.form, binding.type === "type");
  };

  const spell = ({ module: source, name, member }: Access, form: number, typeOnly: boolean): string => {
    const isSpelled = (text: string) => text !== "default";
    if (member === undefined && (form % 7 < 4 || typeOnly)) {
      const word = form % 7 === 3 ? `${name}Alias` : name;
      return note(add({ source, imported: name, typeOnly }, word === "default" ? `from${source}` : word));
    }
    const isInNamespace = member !== undefined;
    const namespace = note(
      isInNamespace
        ? add({ source, imported: name, typeOnly: false }, isSpelled(name) ? name : `from${source}`)
        : add({ source, imported: "*", typeOnly: false }, `module${source}`),
    );
    const key = member ?? name;
    if (typeOnly || form % 7 < 5) return `${namespace}.${key}`;
    return form % 7 === 5 ? `${namespace}["${key}"]` : `Reflect.get(${namespace}, "${key}")`;
  };

  return {
    module,
    imports,
    refer,
    add,
    isUsable,
    takeReferred: () => {
      const taking = referred;
      referred = new Set();
      return taking;
    },
    locals: () => [...names, ...imports.map(({ local }) => local)],
  };
}
