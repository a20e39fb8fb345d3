/** Says in each request of this process where it comes from, in place of whatever the request says itself. */
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { callerAddress, limitSettings, readEnv, trustedProxies } from "@tillstream/runtime";

/**
 * Next keeps an `X-Forwarded-For` that it is sent, whoever sends it, and shows nobody the connection. Node tells of each request
 * before its server hears of it.
 */
export function believeProxies(): void {
  const trusted = trustedProxies(readEnv(limitSettings).TRUSTED_PROXIES);
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage }; // documented as such
    const sent = request.headers["x-forwarded-for"];
    const address = callerAddress(
      request.socket.remoteAddress ?? "",
      Array.isArray(sent) ? sent.join() : sent,
      trusted,
    );
    request.headers["x-forwarded-for"] = address;
  });
}
