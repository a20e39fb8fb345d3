import { expect, it } from "vitest";
import { z } from "zod";
import { defineEvent } from "../event/definition.ts";
import { defineConsumer, on } from "../subscription/consumer.ts";
import { defineProjection } from "../subscription/projection.ts";
import { Added, counterAggregate, Reset } from "../testing/counter.ts";
import { tripSaga } from "../testing/trip-saga.ts";
import { defineModule } from "./module.ts";
import { systemMap } from "./system-map.ts";

const totals = defineProjection({
  name: "totals",
  definitions: [Added, Reset],
  tables: [],
  key: () => "",
  project: () => undefined,
  load: async () => new Map(),
  store: async () => undefined,
});
const counter = { ...counterAggregate(), commands: { add: ["Added"], reset: ["Reset"] } };
const started = defineEvent("TripBooked", z.object({}));
const trip = { ...tripSaga([]), startsOn: started };

const modules = [
  defineModule({
    name: "counting",
    events: [Added, Reset],
    aggregates: [counter],
    projections: [totals],
    consumers: () => [defineConsumer("overflow", [on(Added, () => undefined)], { appends: [Reset] })],
  }),
  defineModule({
    name: "travel",
    events: [started],
    commands: { book: [started] },
    sagas: () => [trip, { ...trip, version: trip.version + 1, appends: [Reset] }],
  }),
];

it("has what modules declare, each with what leads to it and what it leads to", () => {
  const { nodes, edges } = systemMap(modules, undefined);
  const [old, next] = [`saga trip v${trip.version}`, `saga trip v${trip.version + 1}`];
  expect(nodes.map(({ id }) => id).toSorted()).toEqual(
    [
      "command counter.add",
      "command counter.reset",
      "command travel.book",
      "consumer overflow",
      "event Added",
      "event Reset",
      `event ${started.type}`,
      "projection totals",
      old,
      next,
    ].toSorted(),
  );
  const arrows = edges.map(({ from, to }) => `${from} > ${to}`).toSorted();
  expect(arrows).toEqual(
    [
      "command counter.add > event Added",
      "command counter.reset > event Reset",
      `command travel.book > event ${started.type}`,
      "consumer overflow > event Reset",
      "event Added > consumer overflow",
      "event Added > projection totals",
      "event Reset > projection totals",
      `event ${started.type} > ${next}`,
      `${next} > event Reset`,
    ].toSorted(),
  );
});

it("an event is of its aggregate's streams, or of its module; a saga has its steps, and the checkpoint of its starter", () => {
  const { nodes } = systemMap(modules, undefined);
  const find = (id: string) => nodes.find((node) => node.id === id);
  expect([find("event Added")?.stream, find(`event ${started.type}`)?.stream]).toEqual(["counter", "travel"]);
  expect(find(`saga trip v${trip.version}`)).toMatchObject({ subscription: null, module: "travel" });
  expect(find(`saga trip v${trip.version + 1}`)).toMatchObject({
    subscription: "trip-saga",
    steps: trip.steps.map(({ name, compensation }) => ({ name, compensated: compensation !== undefined })),
  });
});
