import { describe, expect, it } from "vitest";
import { deploymentOf } from "./deployment.ts";
import { defineModule } from "./module.ts";
import type { Module } from "./module.ts";
import { defineConsumer } from "../subscription/consumer.ts";
import { defineProjection } from "../subscription/projection.ts";
import { Added } from "../testing/counter.ts";
import { tripSaga } from "../testing/trip-saga.ts";

const projection = (name: string) =>
  defineProjection({
    name,
    definitions: [Added],
    tables: [],
    key: () => "",
    project: () => undefined,
    load: async () => new Map(),
    store: async () => undefined,
  });
const trip = tripSaga([]);
const travel = (name: string, ...sagas: (typeof trip)[]) => defineModule({ name, sagas: () => sagas });
const mail = (name: string, ...consumers: string[]) =>
  defineModule({ name, consumers: () => consumers.map((consumer) => defineConsumer(consumer, [])) });
const views = (name: string, ...names: string[]) => defineModule({ name, projections: names.map(projection) });

it("brings what its modules have, with a starter for the latest version of each saga", () => {
  const modules = [mail("mail", "mail"), views("views", "view"), travel("travel", trip, { ...trip, version: 2 })];
  const { consumers, projections, sagas } = deploymentOf(modules, undefined);
  expect(consumers.map(({ name }) => name)).toEqual(["mail", "trip-saga"]);
  expect(projections.map(({ name }) => name)).toEqual(["view"]);
  expect(sagas.map(({ version }) => version)).toEqual([1, 2]);
});

describe("one name for two is refused, with a sentence that names both", () => {
  it.each<[string, Module<undefined>[]]>([
    [
      "post names a consumer of the module mail and a consumer of the module shop",
      [mail("mail", "post"), mail("shop", "post")],
    ],
    ["post names a consumer of the module mail and a consumer of the module mail", [mail("mail", "post", "post")]],
    [
      "view names a projection of the module one and a projection of the module two",
      [views("one", "view"), views("two", "view")],
    ],
    [
      "view names a projection of the module one and a consumer of the module mail",
      [mail("mail", "view"), views("one", "view")],
    ],
    ["trip v1 names a saga of the module one and a saga of the module two", [travel("one", trip), travel("two", trip)]],
    [
      "trip-saga names a consumer of the module mail and the starter of the saga trip of the module one",
      [travel("one", trip), mail("mail", "trip-saga")],
    ],
  ])("%s", (sentence, modules) => {
    expect(() => deploymentOf(modules, undefined)).toThrow(
      `${sentence}, so that one of them would never run: rename one.`,
    );
  });
});
