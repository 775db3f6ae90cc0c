import { z } from "zod";
import { isTimeZone } from "./local-time.ts";
import { weekdays } from "./policy.ts";

const variable = z.string().min(1);
const channelId = z.string().regex(/^[CGD][A-Z0-9]+$/, "expected the id of a channel, such as C012AB3CD");

const digestChannel = z
  .strictObject({
    channel: channelId.optional().describe("Id of the channel that the bot posts to."),
    webhookEnv: variable.optional().describe("Instead of a bot: the variable that holds the channel's webhook."),
    at: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected an hour, such as "08:30"')
      .default("08:30")
      .describe("When the digest comes, by the clocks of `timeZone`."),
    timeZone: z
      .string()
      .refine(isTimeZone, "expected an IANA time zone, such as Europe/Berlin")
      .optional()
      .describe("Whose clocks: an IANA time zone; the default is that of the schedule."),
    days: z
      .array(z.enum(weekdays))
      .min(1)
      .default([...weekdays])
      .describe("On which days; what happened on the others the next digest tells as well."),
    repositories: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe("Only these, by their names in reports; a channel without hears of all."),
  })
  .refine(
    ({ channel, webhookEnv }) => (channel === undefined) !== (webhookEnv === undefined),
    "expected channel or webhookEnv",
  );

/** Where and when people hear of the nights in Slack. */
export const slackSchema = z
  .strictObject({
    webhookEnv: variable
      .optional()
      .describe(
        "Name of the environment variable that holds an incoming webhook's URL: one message when the night ends.",
      ),
    tokenEnv: variable
      .optional()
      .describe("Name of the environment variable that holds a bot's token (chat:write, channels:history)."),
    appTokenEnv: variable
      .optional()
      .describe(
        "Name of the one that holds an app-level token (connections:write): with it messages have buttons, answered over Socket Mode.",
      ),
    channel: channelId.optional().describe("Id of a channel that the bot posts to when the night ends."),
    channels: z
      .array(digestChannel)
      .default([])
      .describe("Channels that get one digest a day at an hour of their own."),
    owners: z
      .record(z.string(), z.string().regex(/^[UW][A-Z0-9]+$/, "expected the id of a person, such as U012AB3CD"))
      .default({})
      .describe(
        "Slack ids by GitHub login: who is mentioned for what they own, and who may use the buttons, with write access.",
      ),
  })
  .superRefine(({ webhookEnv, tokenEnv, appTokenEnv, channel, channels }, context) => {
    const needsBot = channel !== undefined || appTokenEnv !== undefined || channels.some((one) => one.channel);
    if (needsBot && tokenEnv === undefined)
      context.addIssue("expected tokenEnv: only a bot posts to a channel by its id");
    if (channel !== undefined && webhookEnv !== undefined) context.addIssue("expected channel or webhookEnv, not both");
    if (channel === undefined && webhookEnv === undefined && channels.length === 0)
      context.addIssue("expected channels, or channel, or webhookEnv");
  });

/** The part of a configuration that is about Slack. */
export type SlackConfig = z.output<typeof slackSchema>;
