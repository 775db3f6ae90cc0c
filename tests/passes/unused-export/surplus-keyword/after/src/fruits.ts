export function apple(): string {
  return peel(core);
}

function peel(fruit: string): string;
function peel(fruit: string): string {
  return fruit;
}

const core = "core";

abstract class Stone {
  abstract readonly hard: boolean;
}

const stone: Stone = { hard: core === apple.name };

const stalk = stone;

console.log(stalk);
