/** Kafka for tests: the run's broker, with topics and groups that belong to one test. */
import { randomUUID } from "node:crypto";
import { inject } from "vitest";
import type { KafkaSettings } from "../bus/kafka/cluster.ts";
import { ForeignRecordError } from "../bus/kafka/record.ts";
import type { EventCodec } from "../bus/kafka/event-codec.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Of the Kafka project only. */
    testKafkaBrokers: string;
    /** Java and Kafka's own programs, where the broker is one of our own. */
    testKafkaArtefacts: { readonly java: string; readonly classPath: string } | undefined;
  }
}

export function testKafkaSettings(settings: Partial<KafkaSettings> = {}): KafkaSettings {
  return {
    brokers: inject("testKafkaBrokers").split(","),
    prefix: `test-${randomUUID().slice(0, 8)}`,
    topicBy: "type",
    partitions: 3,
    replication: 1,
    retentionHours: 1,
    ...settings,
  };
}

/** Data as JSON text: what the bus does with it does not depend on how it looks. */
export const jsonCodec: EventCodec = {
  encode: async (event) => Buffer.from(JSON.stringify(event.data)),
  async decode(bytes) {
    try {
      return JSON.parse(bytes.toString()) as unknown;
    } catch (error) {
      throw new ForeignRecordError("the value is not JSON", { cause: error });
    }
  },
};
