import { inject, test } from "vitest";
import { expectOneTrace } from "./order-trace.ts";

test("an order is one trace from the click until it is shipped, over Kafka", { timeout: 120_000 }, () =>
  expectOneTrace({
    settings: { KAFKA_BROKERS: inject("testKafkaBrokers"), KAFKA_PREFIX: "traced" },
    system: "kafka",
    prefix: "traced.",
  }),
);
