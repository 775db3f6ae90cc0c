/** The blocks of Slack's Block Kit that a morning message uses. */
export type SlackBlock =
  | { readonly type: "header"; readonly text: { readonly type: "plain_text"; readonly text: string } }
  | { readonly type: "section"; readonly text: { readonly type: "mrkdwn"; readonly text: string } }
  | { readonly type: "context"; readonly elements: readonly { readonly type: "mrkdwn"; readonly text: string }[] }
  | { readonly type: "divider" };

/** A message for a channel; `text` is what a phone shows, and what a client without blocks shows. */
export type SlackMessage = {
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
  readonly unfurl_links: false;
  readonly unfurl_media: false;
};
