import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { boundConnections } from "./bound-connections.ts";

const server = createServer((_, response) => void response.end());
const sockets: Socket[] = [];
/** There 127.0.0.1 is the only address of 127.0.0.0/8. */
const HAS_ONE_ADDRESS = process.platform === "darwin";
vi.stubEnv("LIMIT_CONNECTIONS", "2");
vi.stubEnv("TRUSTED_PROXIES", "127.0.0.9");
boundConnections();

beforeAll(() => once(server.listen(0, "127.0.0.1"), "listening"));
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

/** Whether the connection is still there once it was used. */
async function holds(localAddress: string): Promise<boolean> {
  const { port } = server.address() as AddressInfo; // a server that listens on a port has one
  const socket = connect({ host: "127.0.0.1", port, localAddress }).on("error", () => undefined);
  sockets.push(socket);
  socket.write("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n");
  return Promise.race([once(socket, "data").then(() => true), once(socket, "close").then(() => false)]);
}

it("an address holds as many connections as it may, and has another when it has ended one", async () => {
  expect([await holds("127.0.0.1"), await holds("127.0.0.1"), await holds("127.0.0.1")]).toEqual([true, true, false]);
  sockets[0]?.destroy();
  await vi.waitUntil(() => holds("127.0.0.1"), { timeout: 5_000, interval: 20 });
});

it.skipIf(HAS_ONE_ADDRESS)("who holds all they may is in nobody else's way", async () => {
  expect([await holds("127.0.0.2"), await holds("127.0.0.2"), await holds("127.0.0.3")]).toEqual([true, true, true]);
});

it.skipIf(HAS_ONE_ADDRESS)("a trusted proxy, which speaks for many, holds any number", async () => {
  expect([await holds("127.0.0.9"), await holds("127.0.0.9"), await holds("127.0.0.9")]).toEqual([true, true, true]);
});
