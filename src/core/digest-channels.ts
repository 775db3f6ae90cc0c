import type { DigestTime } from "./digest-times.ts";
import type { SlackConfig } from "./slack-config.ts";

/** Somewhere that hears of the nights. */
export type DigestChannel = {
  /** Names it in the store and in the metadata of messages. */
  readonly key: string;
  readonly target:
    | { readonly kind: "bot"; readonly tokenEnv: string; readonly channel: string }
    | { readonly kind: "webhook"; readonly webhookEnv: string };
  /** null: it is told when a night ends. */
  readonly time: DigestTime | null;
  /** null: it hears of all. */
  readonly repositories: ReadonlySet<string> | null;
};

/** All channels of a configuration; `timeZone` is that of the nights. */
export function digestChannels(slack: SlackConfig | undefined, timeZone: string): readonly DigestChannel[] {
  if (slack === undefined) return [];
  const { webhookEnv, channel, channels } = slack;
  const own = channel === undefined && webhookEnv === undefined ? [] : [targetOf(slack, { channel, webhookEnv })];
  return [
    ...own.map(({ name, target }) => ({ key: name, target, time: null, repositories: null })),
    ...channels.map((one) => {
      const { name, target } = targetOf(slack, one);
      const { at, days, repositories } = one;
      const key = [name, at, ...(repositories ?? [])].join(" ");
      const time = { key, at, days, timeZone: one.timeZone ?? timeZone };
      return { key, target, time, repositories: repositories === undefined ? null : new Set(repositories) };
    }),
  ];
}

function targetOf(
  { tokenEnv = "" }: SlackConfig,
  { channel, webhookEnv = "" }: { readonly channel?: string | undefined; readonly webhookEnv?: string | undefined },
): { readonly name: string; readonly target: DigestChannel["target"] } {
  return channel === undefined
    ? { name: `webhook ${webhookEnv}`, target: { kind: "webhook", webhookEnv } }
    : { name: channel, target: { kind: "bot", tokenEnv, channel } };
}
