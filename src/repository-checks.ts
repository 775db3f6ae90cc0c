import type { Checkout } from "./core/stage.ts";
import type { NamedRepository } from "./io/config-file.ts";

/** Tests that cannot run here are left out, unless the operator names some that can. */
export function checksOf({
  checks,
  verify,
}: NamedRepository): Pick<NamedRepository, "checks"> & Pick<Checkout, "forgeTests"> {
  if (verify === undefined || verify === "here") return { checks };
  const named = verify === "ci" ? [] : verify.ci;
  return { checks: { test: false, ...checks }, forgeTests: { checks: named } };
}
