import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { createLogger } from "../logger.ts";
import { expect, test } from "vitest";
import { createPool } from "./pool.ts";
import { createTestDatabase } from "@tillstream/db/testing";

/** The way to the server, which can be closed and opened again. */
async function startProxy(to: URL) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const upstream = connect(Number(to.port), to.hostname);
    for (const [one, other] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      sockets.add(one.on("error", () => undefined).on("close", () => other.destroy()));
      one.pipe(other);
    }
  });
  const open = async (port: number) => void (await once(server.listen(port, "127.0.0.1"), "listening"));
  await open(0);
  const { port } = server.address() as AddressInfo; // a server that listens on a port has one
  const close = async () => {
    const closed = once(server.close(), "close");
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { port, close, open: () => open(port) };
}

test("a process says once that Postgres is away, and once that it is back, however many connections notice", async () => {
  await using db = await createTestDatabase();
  const lines: string[] = [];
  const logger = createLogger("test", "info", {
    write: (line) => void lines.push((JSON.parse(line) as { msg: string }).msg),
  });
  const url = new URL(db.url);
  const proxy = await startProxy(new URL(db.url));
  url.port = String(proxy.port);
  const pools = [1, 2].map((max) => createPool({ url: url.href, max, applicationName: "test" }, logger));
  const ask = () => Promise.allSettled([...pools, ...pools].map((pool) => pool.query("SELECT 1")));
  try {
    for (let outage = 0; outage < 2; outage += 1) {
      await ask();
      await proxy.close();
      await ask();
      await ask();
      await proxy.open();
      await ask();
    }
    const said = lines.flatMap((line) => /^postgres is \w+/.exec(line) ?? []);
    expect(said).toEqual(["postgres is away", "postgres is back", "postgres is away", "postgres is back"]);
  } finally {
    await Promise.all(pools.map((pool) => pool.end()));
    await proxy.close();
  }
});
