import type { EffectivePolicy, Layer } from "../core/policy-layers.ts";

/** One line of what is in force: its key, the value, and the places that say so. */
type PrintedValue = { readonly key: string; readonly value: string; readonly origin: string };

/** The policy that is in force, each value with where it comes from; layers that only repeat are left out. */
export function printPolicy(operator: Layer, policy: EffectivePolicy): readonly string[] {
  const layers = [operator, ...(policy.layers ?? [])];
  const values = [
    {
      key: "ceiling",
      value: policy.ceiling,
      origin: strictestOrigin("ceiling", policy.ceiling, layers, ({ ceiling }) => ceiling),
    },
    ...Object.entries(policy.limits).map(([name, value]) => limitLine(name, value, layers)),
    ...Object.entries(policy.trust).map(([name, value]): PrintedValue => {
      const key = `trust.${name}`;
      return {
        key,
        value: String(value),
        origin: strictestOrigin(key, value, layers, ({ trust }) => valueAt(trust, name)),
      };
    }),
    ...layers.flatMap(({ schedule, name, origins }) =>
      Object.entries(schedule ?? {}).map(([key, value]): PrintedValue => {
        return { key: `schedule.${key}`, value: JSON.stringify(value), origin: origins[`schedule.${key}`] ?? name };
      }),
    ),
    ...layers.flatMap(({ protect, name, origins }) =>
      Object.entries(protect).map(([key, value]): PrintedValue => {
        return { key: `protect.${key}`, value: (value ?? []).join(", "), origin: origins[`protect.${key}`] ?? name };
      }),
    ),
  ];
  const width = Math.max(...values.map(({ key }) => key.length));
  return [
    ...layers.flatMap(({ kind, name, problem }) => [
      `${kind}: ${name}`,
      ...(problem === undefined ? [] : [`  cannot be read, so nothing is more than reported: ${problem}`]),
    ]),
    "",
    ...values.map(({ key, value, origin }) => `${key.padEnd(width)}  ${value}  (${origin})`),
    ...layers.flatMap(rulesOf),
  ];
}

function limitLine(name: string, value: number, layers: readonly Layer[]): PrintedValue {
  const key = `limits.${name}`;
  return {
    key,
    value: String(value),
    origin: strictestOrigin(key, value, layers, ({ limits }) => valueAt(limits, name)),
  };
}

function valueAt(values: object, key: string): unknown {
  return Object.entries(values).find(([name]) => name === key)?.[1];
}

/** The first layer that says just that; others that say something else stand behind it. */
function strictestOrigin(
  key: string,
  value: unknown,
  layers: readonly Layer[],
  read: (layer: Layer) => unknown,
): string {
  const by = layers.find((layer) => key in layer.origins && read(layer) === value);
  const others = layers.flatMap((layer) => {
    const place = layer.origins[key];
    const own = read(layer);
    return place === undefined || layer === by || own === value ? [] : [`${place} says ${String(own)}`];
  });
  return [by?.origins[key] ?? "default", ...others].join("; ");
}

function rulesOf({ kind, rules, defaultAction, origins, name }: Layer): readonly string[] {
  const lines = rules.map(({ id, action, match }) => {
    const words = Object.entries(match).map(
      ([key, value]) => `${key} ${Array.isArray(value) ? value.join("|") : String(value)}`,
    );
    return `  ${id}: ${action} if ${words.length === 0 ? "anything" : words.join(", ")}  (${origins[`rules.${id}`] ?? name})`;
  });
  if (lines.length === 0 && origins["defaultAction"] === undefined && kind !== "operator") return [];
  return [
    "",
    `rules of the ${kind}, the first that matches:`,
    ...lines,
    `  else: ${defaultAction}  (${origins["defaultAction"] ?? "default"})`,
  ];
}
