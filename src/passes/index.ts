import { orphanTest } from "./orphan-test.ts";
import type { Pass } from "./pass.ts";
import { unusedDependency } from "./unused-dependency.ts";
import { unusedExport } from "./unused-export.ts";
import { unusedFile } from "./unused-file.ts";
import { unusedImport } from "./unused-import.ts";
import { unusedLocal } from "./unused-local.ts";
import { unusedType } from "./unused-type.ts";

/** All passes. Earlier ones have the first claim: a whole file before what stands in it, its tests before both. */
export const passes: readonly Pass[] = [
  orphanTest,
  unusedFile,
  unusedExport,
  unusedType,
  unusedLocal,
  unusedImport,
  unusedDependency,
];
