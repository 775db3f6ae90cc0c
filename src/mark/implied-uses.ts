import { isSourceFile } from "./paths.ts";
import type { Module } from "./module.ts";
import type { Package } from "./units.ts";

/** Compilers add imports of these to what they write. */
const helpers = /^(tslib|core-js(-pure)?|regenerator-runtime|@babel\/runtime(-corejs\d)?|@swc\/helpers)$/;

/** Icons, fonts and the like, which templates name without the package: `i-mdi-apple`, `<carbon:fruit />`. */
const collections = /^@(iconify(-json|-icons)?|fontsource(-variable)?|expo-google-fonts)\//;

/** Tools that look for their plug-ins among the dependencies, and how those are called. */
const collectors: readonly (readonly [RegExp, RegExp])[] = [
  [/^react-native$/, /^(@react-native|react-native-|@react-native-)|react-native/],
  [/^expo$/, /^(expo-|@expo\/)/],
  [/^@capacitor\/core$/, /^@?capacitor|capacitor-/],
  [/^cordova/, /^cordova-/],
  [/^ember-(cli|source)$/, /ember/],
  [/^@vue\/cli-service$/, /^(@vue\/|vue-)cli-plugin-/],
  [/^karma$/, /^karma-/],
  [/^(load-grunt-tasks|load-grunt-config|matchdep)$/, /^grunt-/],
  [/^gulp-load-plugins$/, /^gulp/],
  [/^prettier$/, /^(@[^/]+\/)?prettier-plugin/],
  [/^(hexo|hexo-cli)$/, /^hexo-/],
  [/^nativescript|^@nativescript/, /nativescript/],
  [/^(yo|yeoman-environment)$/, /^generator-/],
  // Presets name these, and comments in tests do.
  [/^(jest|vitest)$/, /^(jest-environment-|(jsdom|happy-dom|@edge-runtime\/vm)$)/],
  [/^eslint$/, /^eslint-import-resolver-/],
];

/** Says why nobody has to name a dependency for it to be used, or null. */
export function impliedUse(
  name: string,
  { packages, modules }: { readonly packages: Iterable<Package>; readonly modules: readonly Module[] },
): string | null {
  if (helpers.test(name)) return "compilers add imports of it";
  if (collections.test(name)) return "what it holds is loaded by its own names, in templates and styles too";
  if (name === "typescript" && modules.some(({ file }) => /tsx?$/.test(file))) return "the code is TypeScript";
  if (/^(react|preact|vue|solid-js)$/.test(name) && modules.some(({ file, hasJsx }) => hasJsx && isSourceFile(file)))
    return "the code has JSX, which compiles to imports of it";
  const listed = new Set([...packages].flatMap(({ manifest }) => Object.keys(dependenciesOf(manifest))));
  const collector = collectors.find(
    ([host, pattern]) => pattern.test(name) && [...listed].some((other) => other !== name && host.test(other)),
  );
  return collector === undefined ? null : "a tool looks for its plug-ins among the dependencies";
}

/** All that a manifest lists, with the ranges. */
export function dependenciesOf(manifest: Package["manifest"]): Readonly<Record<string, unknown>> {
  return {
    ...manifest.peerDependencies,
    ...manifest.optionalDependencies,
    ...manifest.devDependencies,
    ...manifest.dependencies,
  };
}
