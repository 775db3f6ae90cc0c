import { authorize, type Need } from "./access.ts";
import { Refusal } from "./call.ts";
import type { FakeRepository, FakeToken, World } from "./world.ts";

/** A request that is being answered, as every resolver gets it. */
export type Context = { readonly world: World; readonly token: FakeToken; readonly refusals: Refusal[] };

/** Throws what GitHub says to a token that may not. */
export function permit(context: Context, repository: FakeRepository, wish: Need): void {
  try {
    authorize(context.token, repository, wish);
  } catch (error) {
    if (error instanceof Refusal) context.refusals.push(error);
    throw error;
  }
}

export function refuse(context: Context, status: number, message: string): Refusal {
  const refusal = new Refusal(status, message);
  context.refusals.push(refusal);
  return refusal;
}
