/** LISTEN on one connection of its own, which comes back by itself. What was sent meanwhile is lost: poll too. */
import pg from "pg";
import type { Logger } from "@tillstream/runtime";

const RECONNECT_MS = 1_000;

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
    const next = new pg.Client({ connectionString: url, application_name: "tillstream-listen", keepAlive: true });
    client = next;
    next.on("notification", ({ channel, payload }) => handlers[channel]?.(payload ?? ""));
    next.on("error", (error) => logger.debug({ err: error.message }, "listen: connection failed"));
    next.on("end", reconnectLater);
    await next.connect();
    for (const channel of Object.keys(handlers)) await next.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
  }

  function reconnectLater(): void {
    if (closed || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      connect().catch(reconnectLater);
    }, RECONNECT_MS);
  }

  connect().catch(reconnectLater);
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
