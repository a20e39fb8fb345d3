import { databaseForBus } from "../testing/effects.ts";
import { eventBusContract } from "../testing/event-bus.contract.ts";
import { createPostgresBus } from "./postgres-bus.ts";

eventBusContract(
  "postgres",
  async () => {
    const { db, ...test } = await databaseForBus();
    return {
      db,
      bus: createPostgresBus(db),
      another: async () => createPostgresBus(db),
      [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
    };
  },
  { patienceMs: 5_000 },
);
