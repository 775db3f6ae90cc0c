import { z } from "zod";
import type { SlackPlace } from "../core/slack-interaction.ts";
import type { SlackAccessory, SlackModal } from "../core/slack-message.ts";
import type { AskSlack } from "./slack-client.ts";

/** A block as Slack gives it back: with more than we sent. */
const blockSchema = z.looseObject({
  block_id: z.string().optional(),
  text: z.looseObject({ text: z.string() }).optional(),
});
const messagesSchema = z.object({
  messages: z.array(
    z.object({ ts: z.string(), text: z.string().default(""), blocks: z.array(blockSchema).default([]) }),
  ),
});

/** What a line becomes. */
type NewLine = { readonly text: string; readonly accessory: SlackAccessory | null };

/**
 * Changes one line of a message as it stands now: somebody may have answered another of its lines since. Gives what was wrong;
 * null when it went well, or when the line is gone.
 */
export async function updateLine(
  ask: AskSlack,
  place: SlackPlace,
  change: (text: string) => NewLine,
): Promise<string | null> {
  const { channel, ts, thread, block } = place;
  const reply = await ask("conversations.replies", {
    channel,
    ts: thread ?? ts,
    oldest: ts,
    latest: ts,
    inclusive: true,
  });
  if (reply.kind !== "ok") return problemOf(reply);
  const message = messagesSchema.parse(reply.body).messages.find((one) => one.ts === ts);
  const line = message?.blocks.find(({ block_id }) => block_id === block);
  if (message === undefined || line?.text === undefined) return null;
  const { text, accessory } = change(line.text.text);
  const rest = Object.fromEntries(Object.entries(line).filter(([key]) => key !== "accessory"));
  const changed = { ...rest, text: { ...line.text, text }, ...(accessory === null ? {} : { accessory }) };
  const blocks = message.blocks.map((one) => (one === line ? changed : one));
  const updated = await ask("chat.update", { channel, ts, text: message.text, blocks });
  return updated.kind === "ok" ? null : problemOf(updated);
}

/** Says something to one person alone. */
export async function whisper(
  ask: AskSlack,
  { channel, thread }: SlackPlace,
  { user, text }: { readonly user: string; readonly text: string },
): Promise<string | null> {
  const reply = await ask("chat.postEphemeral", {
    channel,
    user,
    text,
    ...(thread === null ? {} : { thread_ts: thread }),
  });
  return reply.kind === "ok" ? null : problemOf(reply);
}

/** Opens a form for whoever chose something; Slack allows it for three seconds after that. */
export async function openForm(ask: AskSlack, trigger: string, form: SlackModal): Promise<string | null> {
  const reply = await ask("views.open", { trigger_id: trigger, view: form });
  return reply.kind === "ok" ? null : problemOf(reply);
}

function problemOf(reply: Exclude<Awaited<ReturnType<AskSlack>>, { kind: "ok" }>): string {
  switch (reply.kind) {
    case "refused":
      return `Slack answered ${reply.error}`;
    case "slow-down":
      return "Slack asked to slow down";
    case "unclear":
      return reply.problem;
    default:
      return reply satisfies never;
  }
}
