import { z } from "zod";
import { decodeChoice, type SlackChoice } from "./slack-choice.ts";

/** Where a line of ours stands in Slack. */
export type SlackPlace = {
  readonly channel: string;
  readonly ts: string;
  /** The message that it answers; null: it stands in the channel. */
  readonly thread: string | null;
  /** The id of its block. */
  readonly block: string;
};

/** What somebody did with a message of ours, or with the form that asks for a reason. */
export type SlackInteraction =
  | {
      readonly kind: "choice";
      readonly user: string;
      readonly choice: SlackChoice;
      readonly place: SlackPlace;
      readonly trigger: string;
    }
  | {
      readonly kind: "reason";
      readonly user: string;
      readonly choice: SlackChoice;
      readonly place: SlackPlace;
      readonly why: string;
    };

/** Names the form, its field, and the menus and buttons. */
export const slackNames = {
  choice: "nightsweep.choice",
  form: "nightsweep.keep",
  block: "nightsweep.why",
  field: "why",
} as const;

const user = z.object({ id: z.string() });
const actionsSchema = z.object({
  type: z.literal("block_actions"),
  user,
  trigger_id: z.string(),
  container: z.object({ channel_id: z.string(), message_ts: z.string(), thread_ts: z.string().optional() }),
  actions: z.array(
    z.object({
      action_id: z.string(),
      block_id: z.string(),
      value: z.string().optional(),
      selected_option: z.object({ value: z.string() }).optional(),
    }),
  ),
});
const placeSchema = z.strictObject({
  channel: z.string(),
  ts: z.string(),
  thread: z.string().nullable(),
  block: z.string(),
});
const formSchema = z.object({
  type: z.literal("view_submission"),
  user,
  view: z.object({
    callback_id: z.literal(slackNames.form),
    private_metadata: z.string(),
    state: z.object({
      values: z.object({
        [slackNames.block]: z.object({ [slackNames.field]: z.object({ value: z.string().nullable() }) }),
      }),
    }),
  }),
});
const carriedSchema = z.strictObject({ choice: z.string(), place: placeSchema });

/** What a form carries from the choice to its answer. */
export function carry(choice: string, place: SlackPlace): string {
  return JSON.stringify({ choice, place } satisfies z.input<typeof carriedSchema>);
}

/** Reads what Slack sent; null for what is none of ours. */
export function readInteraction(body: unknown): SlackInteraction | null {
  const actions = actionsSchema.safeParse(body);
  if (actions.success) return readAction(actions.data);
  const form = formSchema.safeParse(body);
  return form.success ? readForm(form.data) : null;
}

function readAction({ user: { id }, trigger_id, container, actions }: z.output<typeof actionsSchema>) {
  const action = actions.find(({ action_id }) => action_id === slackNames.choice);
  const choice = decodeChoice(action?.selected_option?.value ?? action?.value ?? "");
  if (action === undefined || choice === null) return null;
  const { channel_id, message_ts, thread_ts } = container;
  const thread = thread_ts === undefined || thread_ts === message_ts ? null : thread_ts;
  const place = { channel: channel_id, ts: message_ts, thread, block: action.block_id };
  return { kind: "choice", user: id, choice, place, trigger: trigger_id } as const;
}

function readForm({ user: { id }, view }: z.output<typeof formSchema>) {
  const carried = carriedSchema.safeParse(parseJson(view.private_metadata));
  const choice = carried.success ? decodeChoice(carried.data.choice) : null;
  const why = view.state.values[slackNames.block][slackNames.field].value?.trim() ?? "";
  if (!carried.success || choice === null || why === "") return null;
  return { kind: "reason", user: id, choice, place: carried.data.place, why } as const;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
