import type { ts } from "ts-morph";
import type { RepoPath } from "../../core/names.ts";

/*
 * The compiler's types, asked about single places. Only what it is sure of counts: a value of type any, a file that is
 * not TypeScript or a name without a declaration is unknown, and unknown keeps code alive.
 */

/** A name of a member as it is declared: where it stands. */
type DeclaredAt = { readonly file: RepoPath; readonly at: number };

/** What a name stands for at one place. */
type Meaning =
  | { readonly kind: "unknown"; readonly why: string }
  | {
      readonly kind: "known";
      readonly declared: readonly DeclaredAt[];
      /** For each type that declares it, the names that a value must have to pass for one. */
      readonly owners: readonly (readonly string[])[];
    };

export type Checker = {
  /** What the name at a place of a file stands for. */
  readonly meaningOf: (file: RepoPath, at: number) => Meaning;
  /** The names of all members of the class in which a member is declared, static ones too. */
  readonly namesBeside: (file: RepoPath, at: number) => readonly string[];
};

type Input = {
  readonly directory: string;
  readonly sources: readonly { readonly file: RepoPath; readonly text: string }[];
  /** The file that a specifier leads to; undefined for what is installed or unknown. */
  readonly resolve: (from: RepoPath, specifier: string) => RepoPath | undefined;
};

type Compiler = typeof ts;
type Opened = {
  readonly compiler: Compiler;
  readonly types: ts.TypeChecker;
  readonly fileAt: (file: RepoPath) => ts.SourceFile | undefined;
  readonly repoPath: (path: string) => RepoPath;
};

/** Loads the compiler and binds all sources; a type is only computed when somebody asks for it. */
export async function openChecker(input: Input): Promise<Checker> {
  const opened = await openProgram(input);
  return {
    meaningOf: (file, at) => meaningAt(opened, file, at),
    namesBeside: (file, at) => {
      const holder = nodeAt(opened, file, at)?.parent.parent;
      if (holder === undefined || !opened.compiler.isClassLike(holder)) return [];
      const { symbol } = opened.types.getTypeAtLocation(holder);
      const own = [opened.types.getTypeAtLocation(holder), opened.types.getTypeOfSymbol(symbol)];
      return own.flatMap((type) => type.getProperties().map(({ name }) => name));
    },
  };
}

async function openProgram({ directory, sources, resolve }: Input): Promise<Opened> {
  const { Project, ts: compiler } = await import("ts-morph");
  const { ESNext: target } = compiler.ScriptTarget;
  const options: ts.CompilerOptions = {
    target,
    module: compiler.ModuleKind.ESNext,
    moduleResolution: compiler.ModuleResolutionKind.Bundler,
    jsx: compiler.JsxEmit.Preserve,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    experimentalDecorators: true,
    allowImportingTsExtensions: true,
    types: [],
  };
  const repoPath = (path: string) => (path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : path);
  const project = new Project({
    compilerOptions: options,
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
    resolutionHost: (host) => ({
      resolveModuleNames: (names, from) =>
        names.map((name) => {
          const own = resolve(repoPath(from), name);
          if (own !== undefined) return { resolvedFileName: `${directory}/${own}` };
          return compiler.resolveModuleName(name, from, options, host).resolvedModule;
        }),
    }),
  });
  for (const { file, text } of sources) project.createSourceFile(`${directory}/${file}`, text, { overwrite: true });
  const program = project.getProgram().compilerObject;
  return {
    compiler,
    types: program.getTypeChecker(),
    fileAt: (file) => program.getSourceFile(`${directory}/${file}`),
    repoPath,
  };
}

/** The innermost node that begins at a place. */
function nodeAt({ compiler, fileAt }: Opened, file: RepoPath, at: number): ts.Node | undefined {
  const sourceFile = fileAt(file);
  if (sourceFile === undefined) return undefined;
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (at < node.pos || at >= node.end) return;
    if (node.getStart(sourceFile) === at) found = node;
    compiler.forEachChild(node, visit);
  };
  visit(sourceFile);
  return found;
}

function meaningAt(opened: Opened, file: RepoPath, at: number): Meaning {
  const { compiler } = opened;
  const node = nodeAt(opened, file, at);
  const parent = node?.parent;
  if (node === undefined || parent === undefined) return { kind: "unknown", why: "it is not type-checked there" };
  if (compiler.isPropertyAccessExpression(parent))
    return meaningOfProperty(opened, opened.types.getTypeAtLocation(parent.expression), parent.name);
  if (compiler.isBindingElement(parent))
    return meaningOfProperty(opened, opened.types.getTypeAtLocation(parent.parent), node);
  if (compiler.isObjectLiteralElementLike(parent) && compiler.isObjectLiteralExpression(parent.parent))
    return meaningOfKey(opened, parent.parent, node);
  const isDeclaration = compiler.isTypeElement(parent) || compiler.isClassElement(parent);
  const symbol = isDeclaration ? opened.types.getSymbolAtLocation(node) : undefined;
  return symbol === undefined
    ? { kind: "unknown", why: "what it stands for there is not clear" }
    : describe(opened, symbol);
}

const nothing: Meaning = { kind: "known", declared: [], owners: [] };

/** An object that is made uses nothing, unless it must look like a class. */
function meaningOfKey(opened: Opened, literal: ts.ObjectLiteralExpression, key: ts.Node): Meaning {
  const property = opened.types.getContextualType(literal)?.getProperty(key.getText());
  const meaning = property === undefined ? nothing : describe(opened, property);
  return meaning.kind === "known" ? { ...meaning, owners: [] } : meaning;
}

function meaningOfProperty(opened: Opened, type: ts.Type, name: ts.Node): Meaning {
  const { TypeFlags } = opened.compiler;
  if ((type.flags & (TypeFlags.Any | TypeFlags.Unknown | TypeFlags.Never)) !== 0)
    return { kind: "unknown", why: "it is read there from a value of unknown type" };
  const symbol = opened.types.getPropertyOfType(
    opened.types.getApparentType(opened.types.getNonNullableType(type)),
    name.getText(),
  );
  return symbol === undefined
    ? { kind: "unknown", why: "the type of the value there does not declare it" }
    : describe(opened, symbol);
}

function describe(opened: Opened, symbol: ts.Symbol): Meaning {
  const declarations = symbol.declarations ?? [];
  if (declarations.length === 0) return { kind: "unknown", why: "its type is computed there" };
  return {
    kind: "known",
    declared: declarations.map((declaration) => {
      const name = opened.compiler.getNameOfDeclaration(declaration) ?? declaration;
      return { file: opened.repoPath(declaration.getSourceFile().fileName), at: name.getStart() };
    }),
    owners: declarations.flatMap((declaration) => ownersOf(opened, declaration)),
  };
}

/** The type that declares a member, as the names that it asks for; a module or an enum is nothing to be passed for. */
function ownersOf({ compiler, types }: Opened, declaration: ts.Declaration): readonly (readonly string[])[] {
  const holder = compiler.isParameter(declaration) ? declaration.parent.parent : declaration.parent;
  const isType =
    compiler.isClassLike(holder) ||
    compiler.isInterfaceDeclaration(holder) ||
    compiler.isTypeLiteralNode(holder) ||
    compiler.isObjectLiteralExpression(holder);
  if (!isType) return [];
  const properties = types.getTypeAtLocation(holder).getProperties();
  return [properties.filter(({ flags }) => (flags & compiler.SymbolFlags.Optional) === 0).map(({ name }) => name)];
}
