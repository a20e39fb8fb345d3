/** A whole gateway: ledger, faults, webhooks and HTTP server put together and listening. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { monotonicMs, systemClock, uuidGenerator } from "@tillstream/runtime";
import type { Logger } from "@tillstream/runtime";
import { createFaults, NO_FAULTS, sleepUntil } from "./faults.ts";
import type { Sleep } from "./faults.ts";
import { openLedger } from "./ledger.ts";
import { createRequestListener } from "./server.ts";
import { createWebhooks } from "./webhooks.ts";

export interface GatewayOptions {
  /** By default the loopback address. */
  readonly host?: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly ledgerPath: string;
  readonly latencyMs: number;
  readonly webhookUrl?: string | undefined;
  readonly webhookSecret: string;
  readonly logger: Logger;
  readonly random?: () => number;
  readonly sleep?: Sleep;
  /** Milliseconds that only go forward. */
  readonly now?: () => number;
}

export interface Gateway {
  readonly port: number;
  /** Answers what is waiting with 503, cuts what would never be answered, closes the ledger. */
  stop(): Promise<void>;
}

export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { host = "127.0.0.1", port, ledgerPath, latencyMs, webhookUrl: url, webhookSecret: secret, logger } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const { sleep = sleepUntil(signal), random = Math.random, now = monotonicMs } = options;
  const base = { clock: systemClock, ids: uuidGenerator, sleep };

  // The port comes first: it is also the lock that keeps a second gateway from opening the same ledger.
  const listener = Promise.withResolvers<RequestListener>();
  const server = createServer((request, response) => void listener.promise.then((listen) => listen(request, response)));
  server.listen(port, host);
  await once(server, "listening");

  const ledger = await openLedger(ledgerPath);
  const faults = createFaults({ ...NO_FAULTS, latencyMs }, sleep, random, now);
  const webhooks = createWebhooks({ ...base, url, secret, faults, signal, random, logger });
  listener.resolve(createRequestListener({ ...base, ledger, faults, webhooks }, logger));

  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = once(server, "close");
      server.close();
      stopping.abort();
      // One turn of the loop lets the answers that the abort released be written.
      setImmediate(() => server.closeAllConnections());
      await closed;
      ledger.close();
    },
  };
}
