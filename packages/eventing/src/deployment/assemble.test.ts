import { describe, expect, it } from "vitest";
import { assemble } from "./assemble.ts";
import type { KernelWork } from "./kernel-loops.ts";
import { alertRule } from "../monitoring/alert-rule.ts";
import type { PersonalData } from "../personal-data/personal-data.ts";
import { defineModule } from "./module.ts";
import type { Module } from "./module.ts";
import { defineConsumer } from "../subscription/consumer.ts";
import { defineProjection } from "../subscription/projection.ts";
import { Added, counterAggregate } from "../testing/counter.ts";
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
const loops = (name: string, ...names: string[]) =>
  defineModule({
    name,
    loops: () => names.map((loop) => ({ name: loop, intervalMs: 1, turn: async () => undefined })),
  });
const views = (name: string, ...names: string[]) => defineModule({ name, projections: names.map(projection) });

const cards: PersonalData = { name: "cards", tables: [], find: async () => [], erase: async () => 0 };
const kernel: KernelWork = {
  monitoring: { rule: alertRule(5) },
  rebuildBatchSize: 1,
  retention: { outboxSeconds: 1, inboxSeconds: 1, deadLetterSeconds: 1, everyMs: 1 },
  deletions: [],
  onChanged: () => undefined,
  onAppended: () => undefined,
};

it("brings what its modules have, with a starter for the latest version of each saga", () => {
  const modules = [mail("mail", "mail"), views("views", "view"), travel("travel", trip, { ...trip, version: 2 })];
  const { consumers, projections, sagas } = assemble(modules, undefined);
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
    expect(() => assemble(modules, undefined)).toThrow(`${sentence}, so that one of them would never run: rename one.`);
  });

  it.each<[string, Module<undefined>[]]>([
    [
      "mail names module 1 of the list and module 3 of the list, so that nobody could tell which of them a name is of",
      [mail("mail"), mail("post"), views("mail")],
    ],
    [
      "Added names an event type of the module one and an event type of the module two, so that nobody could tell which of them a stored event is",
      ["one", "two"].map((name) => defineModule({ name, events: [Added] })),
    ],
    [
      "counter names an aggregate of the module one and an aggregate of the module two, so that their streams would be mixed up",
      ["one", "two"].map((name) => defineModule({ name, aggregates: [counterAggregate()] })),
    ],
    [
      "cards names personal data of the module one and personal data of the module two, so that an export would show one of them only",
      ["one", "two"].map((name) => defineModule({ name, personalData: [cards] })),
    ],
    [
      "delivery names a loop of the module one and a loop of the module two, so that a health report could not tell which of them is stalled",
      [loops("one", "delivery"), loops("two", "delivery")],
    ],
    [
      "rebuilds names a loop of the kernel and a loop of the module one, so that a health report could not tell which of them is stalled",
      [loops("one", "rebuilds")],
    ],
  ])("%s", (sentence, modules) => {
    expect(() => assemble(modules, undefined, kernel)).toThrow(`${sentence}: rename one.`);
  });
});

it("has the kernel's loops only when it is told how they work, and gives each module the whole", () => {
  const seen: string[][] = [];
  const modules = [
    defineModule({ name: "one", personalData: [cards] }),
    defineModule({
      name: "two",
      loops: (_, whole) => [
        { name: whole.personalData.map(({ name }) => name).join(), intervalMs: 1, turn: async () => undefined },
      ],
    }),
  ];
  for (const given of [undefined, kernel]) seen.push(assemble(modules, undefined, given).loops.map(({ name }) => name));
  expect(seen[0]).toEqual(["cards"]);
  expect(seen[1]?.at(-1)).toBe("cards");
  expect(seen[1]).toContain("saga sweeper");
});
