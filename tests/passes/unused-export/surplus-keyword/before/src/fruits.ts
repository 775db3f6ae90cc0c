export function apple(): string {
  return peel(core);
}

export function peel(fruit: string): string;
export function peel(fruit: string): string {
  return fruit;
}

export const core = "core";

export abstract class Stone {
  abstract readonly hard: boolean;
}

export const stone: Stone = { hard: core === apple.name };

const stalk = stone;

console.log(stalk);

export { stalk, stalk as stem };
