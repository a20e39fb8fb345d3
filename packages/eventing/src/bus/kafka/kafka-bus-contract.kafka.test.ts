import { databaseForBus } from "../../testing/effects.ts";
import { counterEvents } from "../../testing/counter.ts";
import { jsonCodec, testKafkaSettings } from "../../testing/kafka.ts";
import { eventBusContract } from "../../testing/event-bus.contract.ts";
import type { EventBus } from "../event-bus.ts";
import { createKafkaBus } from "./kafka-bus.ts";

for (const topicBy of ["type", "aggregate"] as const) {
  eventBusContract(
    `kafka, topics by ${topicBy}`,
    async () => {
      const { db, ...test } = await databaseForBus();
      const settings = testKafkaSettings({ topicBy });
      const aggregates = [{ streamType: "counter", events: counterEvents }];
      const buses: EventBus[] = [];
      const create = (): EventBus => {
        const bus = createKafkaBus({ db, settings, aggregates, codec: jsonCodec });
        buses.push(bus);
        return bus;
      };
      return {
        db,
        bus: create(),
        another: async () => create(),
        async [Symbol.asyncDispose]() {
          await Promise.all(buses.map((bus) => bus.close()));
          await test[Symbol.asyncDispose]();
        },
      };
    },
    { patienceMs: 20_000 },
  );
}
