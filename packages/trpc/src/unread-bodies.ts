/** Ends, in this process, the connection of a caller that was answered before its body was read to the end. */
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { systemScheduler } from "@tillstream/runtime";

/** How long the answer may be on its way to a caller that is still sending. */
const ANSWER_MS_MAX = 1_000;

/**
 * What is left of a body that is too large or too slow would have to be read before the next request on its connection, for as
 * long as its sender likes. Next does not expose the connection.
 */
export function endUnreadConnections(): void {
  subscribe("http.server.response.finish", (message) => {
    const { request, socket } = message as { request: IncomingMessage; socket: Socket }; // documented as such
    if (!request.complete) void endInOrder(socket);
  });
}

/**
 * Half closed first, and not read (RFC 9112, 9.6). A connection that is closed with bytes unread is reset, and a sender who is
 * told so before having read the answer never sees it.
 */
async function endInOrder(socket: Socket): Promise<void> {
  const over = new AbortController();
  socket.once("close", () => over.abort());
  socket.destroySoon = () => void socket.end(); // Node does it itself after an answer that says so
  socket.end();
  await Promise.resolve(); // by then Node has begun to read what is left, to throw it away
  socket.pause();
  await systemScheduler.sleep(ANSWER_MS_MAX, over.signal);
  socket.destroy();
}
