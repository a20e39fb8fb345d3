/** The consumer that begins a run for each event a saga starts on. */
import { activeTraceparent } from "@tillstream/runtime";
import { defineConsumer, on } from "../subscription/consumer.ts";
import type { Consumer } from "../subscription/consumer.ts";
import type { Saga } from "./definition.ts";
import { beginRun } from "./state.ts";

export function sagaStarter(saga: Saga): Consumer {
  return defineConsumer(`${saga.name}-saga`, [
    on(saga.startsOn, async (tx, event) => {
      const { subject, input } = saga.start(event);
      const { correlationId, traceparent } = event.metadata;
      await beginRun(tx, saga, { subject, input, correlationId, traceparent: activeTraceparent() ?? traceparent });
    }),
  ]);
}
