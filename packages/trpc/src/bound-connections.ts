/** How many connections of one address this process holds. */
import { subscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import { callerAddress, isTrusted, readEnv, trustedProxies } from "@tillstream/runtime";
import { limitSettings } from "./settings.ts";

/** What is more is closed at once. A trusted proxy, which speaks for many, may hold any number. */
export function boundConnections(): void {
  const { LIMIT_CONNECTIONS: heldMax, TRUSTED_PROXIES } = readEnv(limitSettings);
  const trusted = trustedProxies(TRUSTED_PROXIES);
  const held = new Map<string, number>();
  subscribe("net.server.socket", (message) => {
    const { socket } = message as { socket: Socket }; // documented as such
    const { remoteAddress = "" } = socket;
    if (isTrusted(remoteAddress, trusted)) return;
    const address = callerAddress(remoteAddress, undefined, trusted);
    const before = held.get(address) ?? 0;
    if (before >= heldMax) return void socket.destroy();
    held.set(address, before + 1);
    socket.once("close", () => {
      const left = (held.get(address) ?? 1) - 1;
      if (left === 0) held.delete(address);
      else held.set(address, left);
    });
  });
}
