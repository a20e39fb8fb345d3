import { eventCatalogue } from "@tillstream/commerce";
import { expect, test } from "vitest";
import { eventsByAggregate } from "./bus.ts";

test("on Kafka every event type has one place, and no two aggregates share a topic", () => {
  const places = eventsByAggregate();
  const types = places.flatMap(({ events }) => events.map(({ type }) => type));
  expect(types.toSorted()).toEqual([...eventCatalogue.definitions.keys()].toSorted());
  const names = places.map(({ streamType }) => streamType);
  expect(new Set(names).size).toBe(names.length);
});
