import { clip, plainLine } from "../../core/markdown.ts";
import type { SlackBlock, SlackMessage } from "../../core/slack-message.ts";

/**
 * Slack allows 50 blocks, 150 characters in a header and 3,000 in a section, and refuses messages of more than about
 * 13,200 characters over all blocks; these stay below.
 */
const limits = { blocks: 45, header: 150, section: 2800, text: 2800, json: 10_000 } as const;

/** What stands around the items of a message: its header, figures and record. */
const lengthAround = 2500;

/** A message of whole blocks; `text` is what a phone shows. */
export function messageOf(text: string, blocks: readonly SlackBlock[]): SlackMessage {
  return { text: clip(text, limits.text), blocks, unfurl_links: false, unfurl_media: false };
}

/** The title of a message. */
export function header(text: string): SlackBlock {
  return { type: "header", text: { type: "plain_text", text: clip(plainLine(text), limits.header) } };
}

/** One item; `beside` is what can be chosen about it. */
export function section(
  text: string,
  beside: Pick<Extract<SlackBlock, { type: "section" }>, "accessory" | "block_id"> = {},
): SlackBlock {
  return { type: "section", text: { type: "mrkdwn", text: clip(text, limits.section) }, ...beside };
}

/** Something in small print. */
export function context(text: string): SlackBlock {
  return { type: "context", elements: [{ type: "mrkdwn", text: clip(text, limits.section) }] };
}

/** Whole blocks as long as they fit, then how many are left out. */
export function fitting(items: readonly SlackBlock[]): readonly SlackBlock[] {
  const kept: SlackBlock[] = [];
  let length = lengthAround;
  for (const item of items) {
    length += JSON.stringify(item).length;
    if (length > limits.json || kept.length >= limits.blocks - 6) break;
    kept.push(item);
  }
  const left = items.length - kept.length;
  return left === 0 ? kept : [...kept, context(`…and ${left} more in the report.`)];
}

/** Neither a mention, a link nor a format can come from a name: Slack knows them by these characters. */
export function escape(text: string): string {
  return escapeSigns(plainLine(text).replace(/[`*~]/g, "'"));
}

/** A name as code; what Slack would read inside is escaped. */
export function code(text: string, most = 80): string {
  const shown = plainLine(clip(text, most)).replaceAll("`", "'");
  return shown === "" ? "` `" : `\`${escapeSigns(shown)}\``;
}

/** A sentence of ours or of a tool in which `code spans` stay code. */
export function prose(text: string): string {
  return plainLine(text)
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? code(part.slice(1, -1), 200) : escapeSigns(part.replace(/[`*~]/g, "'"))))
    .join("");
}

function escapeSigns(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** A link where the target is a web address, else only what it says. */
export function link(url: string, label: string): string {
  return isWebAddress(url) ? `<${escapeAddress(url)}|${label.replaceAll("|", "¦")}>` : label;
}

/** Whether Slack would open it. */
export function isWebAddress(url: string): boolean {
  return /^https?:\/\/[^\s<>|]{1,500}$/.test(url);
}

function escapeAddress(url: string): string {
  return url.replace(/&/g, "&amp;");
}
