/** The consumer that begins a run for each event a saga starts on. */
import { activeTraceparent } from "@tillstream/runtime";
import { defineConsumer, on } from "../subscription/consumer.ts";
import type { Consumer } from "../subscription/consumer.ts";
import type { Saga } from "./definition.ts";
import { beginRun } from "./state.ts";

export function sagaStarter(saga: Saga): Consumer {
  return defineConsumer(`${saga.name}-saga`, [
    on(saga.startsOn, async (tx, event) => {
      const { correlationId, traceparent } = event.metadata;
      const run = { ...saga.start(event), correlationId, traceparent: activeTraceparent() ?? traceparent };
      await beginRun(tx, saga, run);
    }),
  ]);
}
