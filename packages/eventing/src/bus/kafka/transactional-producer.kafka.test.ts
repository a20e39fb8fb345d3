import { Admin, Producer } from "@platformatic/kafka";
import { expect, inject, test } from "vitest";
import { readByConsole } from "../../testing/console-consumer.ts";
import { testKafkaSettings } from "../../testing/kafka.ts";
import { clientOptions } from "./cluster.ts";
import type { EventRecord } from "./record.ts";
import { ensureTopics } from "./topics.ts";
import { openProducer } from "./transactional-producer.ts";

const hasConsole = inject("testKafkaArtefacts") !== undefined;

function record(topic: string, value: string): EventRecord {
  const json = JSON.stringify({ value });
  return {
    topic,
    key: Buffer.from("k"),
    value: Buffer.from(json),
    headers: new Map([[Buffer.from("h"), Buffer.from("1")]]),
  };
}

test.runIf(hasConsole)(
  "a takeover aborts what the relay before had open: Kafka's own consumer at read_committed does not see it",
  async () => {
    const settings = testKafkaSettings({ partitions: 1 });
    const topic = `${settings.prefix}.events`;
    const admin = new Admin(clientOptions(settings, "admin"));
    await ensureTopics(admin, [topic], settings);
    await admin.close();

    const before = await openProducer(settings);
    await before.send([record(topic, "before")]);
    await before.close();

    // A relay that has produced its batch and stops there, its transaction open.
    const zombie = new Producer({
      ...clientOptions(settings, "zombie"),
      idempotent: true,
      transactionalId: `${settings.prefix}-relay-0`,
    });
    const open = await zombie.beginTransaction({ producerId: -1n, producerEpoch: -1 });
    await open.send({ messages: [record(topic, "zombie")] });

    const after = await openProducer(settings);
    await after.send([record(topic, "after")]);
    await expect(open.commit()).rejects.toThrow();
    await after.send([record(topic, "later")]);
    await Promise.all([zombie.close(), after.close()]);

    const values = (lines: string[] | undefined) => lines?.map((line) => (JSON.parse(line) as { value: string }).value);
    expect(values(await readByConsole(topic, "read_committed", 3))).toEqual(["before", "after", "later"]);
    // The zombie's record is in the log: that it is not read is the doing of the abort.
    expect(values(await readByConsole(topic, "read_uncommitted", 4))).toEqual(["before", "zombie", "after", "later"]);
  },
);
