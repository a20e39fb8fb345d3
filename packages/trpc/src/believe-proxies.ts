/** Says in each request of this process where it comes from, in place of whatever the request says itself. */
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { callerAddress, readEnv, trustedProxies } from "@tillstream/runtime";
import { limitSettings } from "./settings.ts";

/**
 * Next keeps an `X-Forwarded-For` from any sender, and does not expose the connection. Node tells of each request
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
