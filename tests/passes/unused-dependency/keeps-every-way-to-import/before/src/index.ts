import plain from "a-plain";
import { deep } from "b-deep/deep/er.js";
import type { Type } from "c-type";
export * from "f-passed";
import "g-effect/style.css";
import scoped from "@h/scoped/x";
import k = require("k-equals");

export const later = (): Promise<unknown> => import("d-dynamic");
export const old = require("e-required/package.json");
export type Import = import("i-import-type").Type | Type;
export const path = require.resolve("j-resolved/bin/run.js");
export const all = [plain, deep, scoped, k];
