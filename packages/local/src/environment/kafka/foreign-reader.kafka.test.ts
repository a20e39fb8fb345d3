import { randomUUID } from "node:crypto";
import avro from "avro-js/lib/files.js";
import { sql } from "@tillstream/runtime";
import { describe, expect, inject, test, vi } from "vitest";
import { readByConsole } from "./console-consumer.ts";
import { startRunningShop } from "../../testing/running-shop.ts";

const WAIT = { timeout: 40_000, interval: 200 };
const artefacts = inject("testKafkaArtefacts");
const brokers = inject("testKafkaBrokers");

/** As any consumer of Confluent's wire format: the magic byte, the schema's id, and what that schema describes. */
async function decode(value: Buffer, registryUrl: string): Promise<unknown> {
  expect(value.readUInt8(0)).toBe(0);
  const response = await fetch(`${registryUrl}/schemas/ids/${value.readUInt32BE(1)}`);
  const { schema } = (await response.json()) as { schema: string };
  return avro.parse(JSON.parse(schema) as object).fromBuffer(value.subarray(5)) as unknown;
}

describe.runIf(artefacts !== undefined)("a reader that shares no code with us", () => {
  for (const topicBy of ["type", "aggregate"] as const) {
    test(`reads an order's events by ${topicBy}: key and headers in clear, data by the schema whose id stands in it`, async () => {
      if (artefacts === undefined) throw new Error("the console consumer is missing");
      const prefix = `foreign-${randomUUID().slice(0, 8)}`;
      await using shop = await startRunningShop({
        KAFKA_BROKERS: brokers,
        KAFKA_PREFIX: prefix,
        KAFKA_TOPIC_BY: topicBy,
      });
      const { database: db } = shop;
      await shop.placeOrder();
      await vi.waitFor(async () => {
        const rows = await db.query(sql`SELECT status FROM orders`);
        expect(rows, shop.output().join("\n")).toEqual([{ status: "confirmed" }]);
      }, WAIT);
      await vi.waitFor(async () => {
        expect(await db.query(sql`SELECT FROM outbox_events WHERE NOT published`)).toEqual([]);
      }, WAIT);

      const topic = topicBy === "type" ? `${prefix}.OrderCreated` : `${prefix}.order`;
      const history = await db.query<{
        event_id: string;
        stream_id: string;
        type: string;
        data: object;
        metadata: Record<string, string>;
      }>(
        sql`SELECT event_id, stream_id, type, data, metadata FROM events WHERE stream_type = 'order' ORDER BY version`,
      );
      const expected = topicBy === "type" ? history.slice(0, 1) : history;
      const records = await readByConsole(artefacts, brokers, topic, expected.length);
      expect(records.map(({ headers }) => headers["event-id"])).toEqual(expected.map((event) => event.event_id));
      for (const [index, { headers, key, value }] of records.entries()) {
        const event = expected[index] ?? expect.fail();
        expect(key).toBe(event.stream_id);
        expect(headers).toMatchObject({
          "event-type": event.type,
          "correlation-id": event.metadata.correlationId,
          "causation-id": event.metadata.causationId,
        });
        expect(JSON.parse(JSON.stringify(await decode(value, `${shop.workerUrl}/schema-registry`)))).toMatchObject(
          plainFields(event.data),
        );
      }
    });
  }
});

/** What Avro holds as it stands in the store; lists, records and what is optional are shaped by its own rules. */
function plainFields(data: object): object {
  return Object.fromEntries(
    Object.entries(data).filter(([, value]) => typeof value === "string" || typeof value === "number"),
  );
}
