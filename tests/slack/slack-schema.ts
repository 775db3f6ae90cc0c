import { z } from "zod";

/** A type of ours without the marks of what may change, which Slack's own types lack. */
export type Open<Value> = Value extends readonly (infer Item)[]
  ? Open<Item>[]
  : Value extends object
    ? { -readonly [Key in keyof Value]: Open<Value[Key]> }
    : Value;

const text = (most: number) => z.string().min(1).max(most);
const plain = (most: number) => z.strictObject({ type: z.literal("plain_text"), text: text(most) });
const mrkdwn = z.strictObject({ type: z.literal("mrkdwn"), text: text(3000) });
const accessory = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("overflow"),
    action_id: text(255),
    options: z
      .array(z.strictObject({ text: plain(75), value: text(150) }))
      .min(1)
      .max(5),
  }),
  z.strictObject({ type: z.literal("button"), action_id: text(255), text: plain(75), value: text(2000) }),
]);
const block = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("header"), text: plain(150) }),
  z.strictObject({
    type: z.literal("section"),
    block_id: text(255).optional(),
    text: mrkdwn,
    accessory: accessory.optional(),
  }),
  z.strictObject({ type: z.literal("context"), elements: z.array(mrkdwn).min(1).max(10) }),
  z.strictObject({ type: z.literal("divider") }),
  z.strictObject({
    type: z.literal("input"),
    block_id: text(255),
    label: plain(2000),
    element: z.strictObject({
      type: z.literal("plain_text_input"),
      action_id: text(255),
      multiline: z.boolean(),
      min_length: z.int().min(0).max(3000),
      max_length: z.int().min(1).max(3000),
      placeholder: plain(150),
    }),
  }),
]);

/** The blocks of a message: the documented limits, and the one over all blocks that is not documented. */
const blocks = z
  .array(block)
  .max(50)
  .refine((all) => JSON.stringify(all).length <= 13_200, "msg_blocks_too_long")
  .refine((all) => {
    const names = all.flatMap((one) => ("block_id" in one && one.block_id !== undefined ? [one.block_id] : []));
    return new Set(names).size === names.length;
  }, "two blocks have the same id");
const flag = z.union([z.literal(false), z.literal("false").transform(() => false)]);

/** What a message may be, for the bot and for a webhook. */
export const messageSchema = z.strictObject({ text: text(4000), blocks, unfurl_links: flag, unfurl_media: flag });

/** What `chat.postMessage` takes of us. */
export const postSchema = messageSchema.extend({
  channel: z.string(),
  thread_ts: z.string().optional(),
  metadata: z.strictObject({
    event_type: z.string(),
    event_payload: z.strictObject({ digest: z.string(), part: z.number() }),
  }),
});

/** What `chat.update` takes of us. */
export const updateSchema = z.strictObject({ channel: z.string(), ts: z.string(), text: text(4000), blocks });

/** What `views.open` takes of us. */
export const modalSchema = z.strictObject({
  trigger_id: z.string(),
  view: z.strictObject({
    type: z.literal("modal"),
    callback_id: text(255),
    private_metadata: text(3000),
    title: plain(24),
    submit: plain(24),
    close: plain(24),
    blocks: z.array(block).max(100),
  }),
});

/** What `chat.postEphemeral` takes of us. */
export const whisperSchema = z.strictObject({
  channel: z.string(),
  user: z.string(),
  text: text(4000),
  thread_ts: z.string().optional(),
});
