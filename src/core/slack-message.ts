type PlainText = { readonly type: "plain_text"; readonly text: string };
type Mrkdwn = { readonly type: "mrkdwn"; readonly text: string };

/** One of a few things that a reader may choose; `value` comes back when it was chosen. */
export type SlackOption = { readonly text: PlainText; readonly value: string };

/** What stands beside a section: a menu of choices, or one button. */
export type SlackAccessory =
  | { readonly type: "overflow"; readonly action_id: string; readonly options: readonly SlackOption[] }
  | { readonly type: "button"; readonly action_id: string; readonly text: PlainText; readonly value: string };

/** The blocks of Slack's Block Kit that a morning message uses. */
export type SlackBlock =
  | { readonly type: "header"; readonly text: PlainText }
  | {
      readonly type: "section";
      /** By this an answer finds its line again. */
      readonly block_id?: string;
      readonly text: Mrkdwn;
      readonly accessory?: SlackAccessory;
    }
  | { readonly type: "context"; readonly elements: readonly Mrkdwn[] }
  | { readonly type: "divider" };

/** A message for a channel; `text` is what a phone shows, and what a client without blocks shows. */
export type SlackMessage = {
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
  readonly unfurl_links: false;
  readonly unfurl_media: false;
};

/** The form that asks why something is to be kept. */
export type SlackModal = {
  readonly type: "modal";
  readonly callback_id: string;
  /** Comes back with the answer. */
  readonly private_metadata: string;
  readonly title: PlainText;
  readonly submit: PlainText;
  readonly close: PlainText;
  readonly blocks: readonly (
    | Extract<SlackBlock, { type: "section" }>
    | {
        readonly type: "input";
        readonly block_id: string;
        readonly label: PlainText;
        readonly element: {
          readonly type: "plain_text_input";
          readonly action_id: string;
          readonly multiline: boolean;
          readonly min_length: number;
          readonly max_length: number;
          readonly placeholder: PlainText;
        };
      }
  )[];
};
