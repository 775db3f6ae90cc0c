import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Point } from "../core/backtest.ts";
import { openCacheFile, versionOf } from "./cache-file.ts";

/** The points of a history that were looked at before, one file each: what was interrupted goes on where it was. */
export type PointCache = {
  readonly recall: (commit: string) => Point | undefined;
  readonly keep: (point: Point) => void;
};

/** `circumstances` is what else than the commit a point depends on. Nothing is kept in memory. */
export function openPointCache(folder: string, circumstances: string): PointCache {
  const version = `${ownVersion()} ${circumstances}`;
  const open = (commit: string) => openCacheFile(join(folder, `${commit}.point`), version);
  return {
    recall: (commit) => {
      const bytes = open(commit).recall("point", commit);
      if (!(bytes instanceof Uint8Array)) return undefined;
      const value: unknown = deserialize(gunzipSync(bytes));
      return isPoint(value) ? value : undefined;
    },
    keep: (point) => {
      const file = open(point.commit);
      file.keep("point", point.commit, gzipSync(serialize(point), { level: 1 }));
      file.save();
    },
  };
}

/** Points change with whatever computes them. */
function ownVersion(): string {
  return versionOf(["core", "io", "mark", "passes"].map((folder) => join(import.meta.dirname, "..", folder)));
}

/** The cache is ours, carries a hash, and is of this version: what is in it has the shape that was put there. */
function isPoint(value: unknown): value is Point {
  return typeof value === "object" && value !== null && "inventory" in value;
}
