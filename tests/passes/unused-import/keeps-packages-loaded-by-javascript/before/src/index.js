import polyfill from "core-fruit";
import { grow } from "fruit-tree";
import "reflect-metadata";

export const orchard = "orchard";
