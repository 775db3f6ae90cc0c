import { once } from "node:events";
import type { Server } from "node:http";
import { WebSocketServer, type WebSocket } from "ws";
import { z } from "zod";
import { slackNames } from "../../src/core/slack-interaction.ts";

const ackSchema = z.object({ envelope_id: z.string() });

/** Somebody who uses a message: payloads as Slack sends them, with much in them that nobody asks for. */
export type Hand = {
  readonly user: string;
  readonly channel: string;
  readonly ts: string;
  readonly thread?: string;
};

/** The Socket Mode of a fake Slack: it says hello, sends what a hand does, and waits for the acknowledgement. */
export function fakeSocket(server: Server) {
  const sockets = new WebSocketServer({ server, path: "/link" });
  const connections: WebSocket[] = [];
  let count = 0;
  sockets.on("connection", (socket) => {
    connections.push(socket);
    socket.send(JSON.stringify({ type: "hello", num_connections: 1, connection_info: { app_id: "A1" } }));
  });
  const connected = async (): Promise<WebSocket> => {
    if (connections.at(-1)?.readyState !== 1) await once(sockets, "connection");
    const socket = connections.at(-1);
    if (socket === undefined) throw new Error("nobody is connected");
    return socket;
  };
  const send = async (payload: object): Promise<void> => {
    const socket = await connected();
    count += 1;
    const envelope_id = `e${count}`;
    const acknowledged = once(socket, "message");
    socket.send(JSON.stringify({ type: "interactive", envelope_id, accepts_response_payload: true, payload }));
    const [data] = (await acknowledged) as [Buffer];
    const ack = ackSchema.parse(JSON.parse(data.toString("utf8")));
    if (ack.envelope_id !== envelope_id) throw new Error("another envelope was acknowledged");
  };
  return {
    /** How often somebody has connected. */
    connections: () => connections.length,
    choose: (hand: Hand, block_id: string, value: string) =>
      send({
        ...actionsOf(hand),
        actions: [
          {
            type: "overflow",
            action_id: slackNames.choice,
            block_id,
            action_ts: "1764000001.0",
            selected_option: { text: { type: "plain_text", text: "…", emoji: true }, value },
          },
        ],
      }),
    press: (hand: Hand, block_id: string, value: string) =>
      send({
        ...actionsOf(hand),
        actions: [{ type: "button", action_id: slackNames.choice, block_id, action_ts: "1764000002.0", value }],
      }),
    submit: (user: string, private_metadata: string, why: string) =>
      send({
        type: "view_submission",
        team: { id: "T1", domain: "fruit" },
        user: { id: user, username: "ana", name: "ana", team_id: "T1" },
        api_app_id: "A1",
        trigger_id: "2.1",
        view: {
          id: "V1",
          type: "modal",
          callback_id: slackNames.form,
          private_metadata,
          state: { values: { [slackNames.block]: { [slackNames.field]: { type: "plain_text_input", value: why } } } },
        },
        response_urls: [],
      }),
    /** Slack ends a connection to make room for another. */
    recycle: async () => {
      const socket = await connected();
      socket.send(JSON.stringify({ type: "disconnect", reason: "refresh_requested" }));
      await once(sockets, "connection");
    },
    [Symbol.dispose]: () => {
      for (const socket of connections) socket.terminate();
      sockets.close();
    },
  };
}

function actionsOf({ user, channel, ts, thread }: Hand) {
  return {
    type: "block_actions",
    user: { id: user, username: "ana", name: "ana", team_id: "T1" },
    api_app_id: "A1",
    token: "old",
    container: {
      type: "message",
      message_ts: ts,
      channel_id: channel,
      is_ephemeral: false,
      ...(thread === undefined ? {} : { thread_ts: thread }),
    },
    trigger_id: "1.1",
    team: { id: "T1", domain: "fruit" },
    channel: { id: channel, name: "orchard" },
    state: { values: {} },
    response_url: "https://hooks.slack.com/actions/T1/1/x",
  };
}
