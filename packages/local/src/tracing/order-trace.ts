/** One order's trace as every bus must give it, from the click until the order is shipped. For the tests. */
import { createLogger, sql, startTracing } from "@tillstream/runtime";
import { expect, vi } from "vitest";
import { publishSettings } from "../environment/child-env.ts";
import { startRunningShop } from "../testing/running-shop.ts";
import { outlineOf, startTraceCollector } from "../testing/trace-collector.ts";
import type { CollectedSpan } from "../testing/trace-collector.ts";

const WAIT = { timeout: 60_000, interval: 250 };
const PERSON = { email: "canary.person@example.com", name: "Canary Person", street: "1 Canary Lane" };
/** What a visitor may send; it names no trace of ours. */
const VISITOR = { traceId: "a".repeat(32), spanId: "b".repeat(16) };

const OUTLINE = `
POST /api/trpc/[trpc] (storefront, server)
  checkout.placeOrder (storefront, internal)
    process OrderCreated by analytics (worker, consumer)
    process OrderCreated by checkout-saga (worker, consumer)
      checkout charge (worker, internal)
        POST /charges (worker, client)
          POST /charges (gateway, server)
        process PaymentCaptured by analytics (worker, consumer)
        process PaymentCaptured by order_view (worker, consumer)
        send PaymentCaptured (worker, producer)
      checkout confirm (worker, internal)
        process OrderConfirmed by analytics (worker, consumer)
        process OrderConfirmed by mail (worker, consumer)
        process OrderConfirmed by order_view (worker, consumer)
        process OrderConfirmed by sales_by_day (worker, consumer)
        process OrderConfirmed by shipping (worker, consumer)
          send ShipmentScheduled (worker, producer)
          shipping dispatch (worker, internal)
            process ShippingStarted by order_view (worker, consumer)
            process ShippingStarted by shipping (worker, consumer)
              process ShipmentCreated by order-shipping (worker, consumer)
                process OrderShipped by analytics (worker, consumer)
                process OrderShipped by mail (worker, consumer)
                process OrderShipped by order_view (worker, consumer)
                process OrderShipped by stock (worker, consumer)
                send OrderShipped (worker, producer)
              send ShipmentCreated (worker, producer)
            send ShippingStarted (worker, producer)
        send OrderConfirmed (worker, producer)
      checkout reserveStock (worker, internal)
        process StockReserved by order_view (worker, consumer)
        process StockReserved by stock (worker, consumer)
        send StockReserved (worker, producer)
    process OrderCreated by order_view (worker, consumer)
    send OrderCreated (worker, producer)`.trim();

export interface Carried {
  /** Settings of the worker that choose the bus. */
  readonly settings: Readonly<Record<string, string>>;
  readonly system: string;
  /** What begins the names of the bus's destinations, before the event's type. */
  readonly prefix: string;
}

/** Places an order over HTTP and asserts what was exported until it was shipped. */
export async function expectOneTrace({ settings, system, prefix }: Carried): Promise<void> {
  await using collector = await startTraceCollector();
  const exporting = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  publishSettings(exporting);
  const stop = await startTracing("storefront", createLogger("storefront", "silent"));
  await using shop = await startRunningShop({ ...settings, ...exporting, SHIPPING_DELAY_MS: "500" });

  const answer = await shop.ask(
    "checkout.placeOrder",
    {
      email: PERSON.email,
      shippingAddress: { name: PERSON.name, line1: PERSON.street, city: "Town", postalCode: "12345", country: "US" },
    },
    { traceparent: `00-${VISITOR.traceId}-${VISITOR.spanId}-01` },
  );
  expect(answer.status).toBe(200);
  const correlationId = answer.headers.get("x-correlation-id") ?? "";

  const click = () => collector.spans.find(({ name }) => name.startsWith("POST /api/trpc/"));
  const order = () => collector.spans.filter(({ traceId }) => traceId === click()?.traceId);
  await vi.waitFor(() => expect(outlineOf(order()), shop.output().join("\n")).toBe(OUTLINE), WAIT);
  await stop();

  expect(click()?.traceId).not.toBe(VISITOR.traceId);
  expect(click()?.links).toEqual([VISITOR]);
  const events = await shop.database.query(sql`
    SELECT DISTINCT split_part(metadata ->> 'traceparent', '-', 2) AS "traceId" FROM events
    WHERE metadata ->> 'correlationId' = ${correlationId}`);
  expect(events).toEqual([{ traceId: click()?.traceId }]);

  const messages = order().filter(({ kind }) => kind === "producer" || kind === "consumer");
  const mail = messages.find(({ attributes }) => attributes["messaging.consumer.group.name"] === "mail");
  expect(mail?.attributes).toEqual({
    "messaging.system": system,
    "messaging.destination.name": `${prefix}OrderConfirmed`,
    "messaging.operation.name": "process",
    "messaging.operation.type": "process",
    "messaging.message.id": expect.stringMatching(/^order-[\da-f-]{36}:\d+$/),
    "messaging.message.conversation_id": correlationId,
    "messaging.consumer.group.name": "mail",
    "tillstream.event.type": "OrderConfirmed",
  });
  expect(messages.map(nameByConvention)).toEqual(messages.map(({ name }) => name));

  const exported = collector.bodies.join("\n");
  expect(exported).toContain(correlationId);
  for (const personal of [...Object.values(PERSON), "tok_visa"]) expect(exported).not.toContain(personal);
}

/** `{messaging.operation.name} {messaging.destination.name}`. */
function nameByConvention({ attributes }: CollectedSpan): string {
  return `${String(attributes["messaging.operation.name"])} ${String(attributes["messaging.destination.name"])}`;
}
