import { join } from "node:path";

const here = import.meta.dirname;
export const trees = (name: string): Promise<unknown> => import(`./trees/${name}/plant.ts`);
export const nuts = (name: string): Promise<unknown> => import(join(here, "nuts", `${name}.ts`));
export const tools = (name: string): Promise<unknown> => import(new URL("./tools-of/" + name, import.meta.url).href);
export const all = require.context("./all", true, /\.ts$/);
export const entities = { entities: ["src/entities/**/*.entity{.ts,.js}"] };
