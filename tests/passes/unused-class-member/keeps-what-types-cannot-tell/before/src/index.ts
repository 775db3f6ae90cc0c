import { Adapter, Basket, Chest, Crate, Tin } from "./boxes.ts";
import type { Stored } from "./stored.ts";

type Listed = { list: () => string };
type Persistence = { load: () => string; save: () => void };

const show = ({ list }: Listed): string => list();
const keep = (persistence: Persistence): string => persistence.load();
const pick = <T extends { peel?: () => void }>(value: T): void => value.peel?.();
export const mock: Pick<Tin, never> & Partial<Tin> = { shine: () => "" };
export const store = (stored: Stored): void => stored.store();
export const loose = (value: any): string => value.weigh();
console.log(show(new Basket()), keep(Adapter), loose(new Crate()), new Tin());
pick(new Crate());
store(new Chest());
