import { missingEntry } from "./missing-entry.ts";
import { commentedCode } from "./commented-code.ts";
import { duplicateConstant } from "./duplicate-constant.ts";
import { duplicateFunction } from "./duplicate-function.ts";
import { duplicateType } from "./duplicate-type.ts";
import { oneSidedFix } from "./one-sided-fix.ts";
import { orphanTest } from "./orphan-test.ts";
import type { Pass } from "./pass.ts";
import { staleFlag } from "./stale-flag.ts";
import { unreachableCode } from "./unreachable-code.ts";
import { unusedClassMember } from "./unused-class-member.ts";
import { unusedDependency } from "./unused-dependency.ts";
import { unusedDirective } from "./unused-directive.ts";
import { unusedEnumMember } from "./unused-enum-member.ts";
import { unusedExport } from "./unused-export.ts";
import { unusedFile } from "./unused-file.ts";
import { unusedImport } from "./unused-import.ts";
import { unusedLocal } from "./unused-local.ts";
import { unusedProperty } from "./unused-property.ts";
import { unusedParameter } from "./unused-parameter.ts";
import { unusedType } from "./unused-type.ts";

/** All passes. Earlier ones have the first claim: a whole file before what stands in it, its tests before both. */
export const passes: readonly Pass[] = [
  missingEntry,
  orphanTest,
  unusedFile,
  unusedExport,
  unusedType,
  unusedClassMember,
  unusedEnumMember,
  unusedProperty,
  unreachableCode,
  staleFlag,
  unusedLocal,
  unusedParameter,
  unusedImport,
  unusedDependency,
  unusedDirective,
  commentedCode,
  // What is dead goes first: of two copies the unused one is no duplicate.
  duplicateFunction,
  duplicateType,
  duplicateConstant,
  oneSidedFix,
];
