/** Ends, in this process, the connection of whoever was answered before their body was read to its end. */
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";

/**
 * What is left of a body that is too large or too slow would have to be read before the next request on its connection, for as
 * long as its sender likes. Next shows nobody the connection.
 */
export function endUnreadConnections(): void {
  subscribe("http.server.response.finish", (message) => {
    const { request, socket } = message as { request: IncomingMessage; socket: Socket }; // documented as such
    if (!request.complete) socket.destroySoon();
  });
}
