/**
 * LISTEN on one connection of its own, which comes back by itself, also when its path died without a word. What was sent meanwhile
 * is lost: poll too.
 */
import pg from "pg";
import type { Logger } from "../logger.ts";
import { BoundedClient } from "./pool.ts";

const RECONNECT_MS = 1_000;
const CONNECT_TIMEOUT_MS = 3_000;
/** A connection that only listens asks something now and then: unanswered, it is thrown away. */
const ASK_EVERY_MS = 10_000;

export interface Listener {
  close(): Promise<void>;
}

export function listen(
  url: string,
  handlers: Readonly<Record<string, (payload: string) => void>>,
  logger: Logger,
): Listener {
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  async function connect(): Promise<void> {
    const next = new BoundedClient({
      connectionString: url,
      application_name: "tillstream-listen",
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    });
    client = next;
    next.on("notification", ({ channel, payload }) => receive(channel, payload ?? ""));
    next.on("error", (error) => logger.debug({ err: error.message }, "listen: connection failed"));
    next.on("end", reconnectLater);
    try {
      await next.connect();
      for (const channel of Object.keys(handlers)) await next.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      askLater(next);
    } catch (error) {
      // A hot standby lets one in and refuses LISTEN: the connection must not stay behind.
      logger.debug({ err: (error as Error).message }, "listen: refused");
      await next.end().catch(() => undefined);
      reconnectLater();
    }
  }

  /** Any session may send a notice: one that its reader cannot take in is passed over. */
  function receive(channel: string, payload: string): void {
    try {
      handlers[channel]?.(payload);
    } catch (error) {
      logger.warn({ channel, err: (error as Error).message }, "listen: a notice was not understood");
    }
  }

  function askLater(asked: pg.Client): void {
    timer = setTimeout(() => {
      // When it fails, the connection has ended, and another is made.
      asked.query("SELECT 1").then(
        () => asked === client && !closed && askLater(asked),
        () => undefined,
      );
    }, ASK_EVERY_MS);
  }

  function reconnectLater(): void {
    clearTimeout(timer);
    if (!closed) timer = setTimeout(() => void connect(), RECONNECT_MS);
  }

  void connect();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
