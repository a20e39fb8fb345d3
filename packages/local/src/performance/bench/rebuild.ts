/**
 * A rebuild over much history while orders come in and the order page is read: how fast it is, whether every read was
 * answered, and whether any answer was older than what the live view had shown before.
 */
import { projections } from "@tillstream/commerce";
import { appendEvents, catchUp, publishAll, rebuildSteps, requestRebuild } from "@tillstream/eventing";
import type { Projection } from "@tillstream/eventing";
import { createLogger, sql, systemScheduler } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { fillHistory } from "../plans/fill.ts";
import { percentile } from "../traffic/shoppers.ts";
import { beside } from "./measure.ts";
import type { Figure } from "./measure.ts";
import { createBenchShop } from "./shop.ts";

const REBUILD_BATCH = 2_000;
const WRITE_PAUSE_MS = 10;
/** As long as the worker leaves the live projection alone between two pieces. */
const LIVE_TURN_MS = 20;
const metadata = { correlationId: "bench", causationId: "bench", actor: "bench" };

interface Traffic {
  written: number;
  reads: number;
  older: number;
  failed: number;
  readonly latenciesMs: number[];
}

/** Appends orders' events, publishes them and lets the live projection follow. */
async function write(db: Database, projection: Projection, until: AbortSignal, traffic: Traffic): Promise<void> {
  const logger = createLogger("bench", "silent");
  const line = { sku: "SKU", name: "A thing", image: "", quantity: 1, unitPrice: 1_200 };
  while (!until.aborted) {
    const orderId = `live-${(traffic.written += 1)}`;
    const data = { orderId, total: 1_200, currency: "USD", lines: [line] };
    const created = { type: "OrderCreated", schemaVersion: 2, data };
    const paid = {
      type: "PaymentCaptured",
      schemaVersion: 1,
      data: { orderId, chargeId: "ch", amount: 1_200, currency: "USD" },
    };
    await appendEvents(db, {
      streamId: `order-${orderId}`,
      streamType: "order",
      expectedVersion: "new",
      events: [created, paid],
      metadata,
    });
    await publishAll(db);
    await catchUp(db, logger, projection);
    await systemScheduler.sleep(WRITE_PAUSE_MS);
  }
}

/** Reads orders, old and new ones, and holds each answer against the last. */
async function read(db: Database, until: AbortSignal, traffic: Traffic): Promise<void> {
  const shown = new Map<string, number>();
  for (let turn = 0; !until.aborted; turn += 1) {
    const orderId = turn % 2 === 0 ? String(turn % 5_000) : `live-${Math.max(1, traffic.written - (turn % 20))}`;
    const started = performance.now();
    try {
      const [row] = await db.query<{ version: number }>(
        sql`SELECT version FROM order_view WHERE order_id = ${orderId}`,
      );
      traffic.latenciesMs.push(performance.now() - started);
      traffic.reads += 1;
      const before = shown.get(orderId) ?? 0;
      if ((row?.version ?? 0) < before) traffic.older += 1;
      shown.set(orderId, Math.max(before, row?.version ?? 0));
    } catch {
      traffic.failed += 1;
    }
  }
}

/** @param events the history, a multiple of 4 */
export async function* benchRebuildUnderTraffic(events: number): AsyncGenerator<Figure> {
  await using shop = await createBenchShop({ empty: true });
  const { database: db } = shop;
  await fillHistory(db, events);
  const projection = projections.find(({ name }) => name === "order_view");
  if (projection === undefined) throw new Error("order_view is not assembled");
  await db.query(
    sql`UPDATE projection_checkpoints SET position = (SELECT position FROM event_log_head) WHERE projection = 'order_view'`,
  );
  const stop = new AbortController();
  const traffic: Traffic = { written: 0, reads: 0, older: 0, failed: 0, latenciesMs: [] };
  const running = Promise.all([write(db, projection, stop.signal, traffic), read(db, stop.signal, traffic)]);
  const started = performance.now();
  const piecesMs: number[] = [];
  const seconds = await beside(running, stop, async () => {
    await requestRebuild(db, [projection], projection.name, "bench");
    for await (const { swapped, merging, tookMs } of rebuildSteps(db, projection, REBUILD_BATCH)) {
      if (!swapped && merging !== true) continue;
      piecesMs.push(tookMs);
      await systemScheduler.sleep(LIVE_TURN_MS);
    }
    return (performance.now() - started) / 1_000;
  });
  const { written, reads, older, failed, latenciesMs } = traffic;
  const ascending = latenciesMs.toSorted((left, right) => left - right);
  yield {
    name: `rebuild of order_view over ${events} events under traffic`,
    measured: `${seconds.toFixed(0)} s, ${(events / seconds).toFixed(0)} events/s`,
    reach: "(reported)",
  };
  const pieces = piecesMs.toSorted((left, right) => left - right);
  yield {
    name: `hold of the live one at the swap, ${pieces.length} pieces`,
    measured: `at most ${percentile(pieces, 1).toFixed(0)} ms, p50 ${percentile(pieces, 0.5).toFixed(0)} ms`,
    reach: "<= 250 ms",
  };
  yield {
    name: `reads meanwhile, beside ${written} new orders`,
    measured: `${reads}; ${failed} failed, ${older} older than before, slowest ${percentile(ascending, 1).toFixed(0)} ms`,
    reach: "0 failed, 0 older",
  };
}
