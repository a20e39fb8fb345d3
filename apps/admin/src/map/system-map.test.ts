import { expect, test } from "vitest";
import {
  arrowsText,
  columnsOf,
  figureOf,
  hrefOf,
  isInTrouble,
  neighboursIn,
  nodeState,
  stepsText,
  type MapNode,
} from "./system-map.ts";

const node = (kind: MapNode["kind"], name: string, more: Partial<MapNode> = {}): MapNode => ({
  id: `${kind} ${name}`,
  kind,
  name,
  module: "shop",
  stream: null,
  steps: [],
  perMinute: null,
  lag: null,
  runs: null,
  ...more,
});
const caughtUp = { status: "running", lagSeconds: 0, eventsBehind: 0, heartbeatAgeSeconds: 0.5, openLetters: 0 };

const create = node("command", "create", { stream: "order" });
const created = node("event", "OrderCreated", { stream: "order", perMinute: 12.34 });
const checkout = node("saga", "checkout v1", { lag: caughtUp, runs: { underWay: 3, halted: 0 } });
const mail = node("consumer", "mail", { lag: { ...caughtUp, openLetters: 2 } });
const stock = node("consumer", "stock", { lag: caughtUp });
const view = node("projection", "order_view", { lag: { ...caughtUp, lagSeconds: 12, eventsBehind: 40 } });
const arrow = (from: MapNode, to: MapNode) => ({ from: from.id, to: to.id, perMinute: 12.34 });
const map = {
  nodes: [create, created, checkout, stock, mail, view],
  edges: [arrow(create, created), arrow(created, checkout), arrow(created, mail), arrow(created, view)],
};

test("columns go from commands to projections, by stream and by kind, what is in trouble first", () => {
  const shown = columnsOf(map).map(({ title, groups }) => [
    title,
    groups.map((group) => [group.title, group.nodes.map(({ name }) => name)]),
  ]);
  expect(shown).toEqual([
    ["Commands", [["order", ["create"]]]],
    ["Streams and their events", [["order", ["OrderCreated"]]]],
    [
      "Sagas and consumers",
      [
        ["Sagas", ["checkout v1"]],
        ["Consumers", ["mail", "stock"]],
      ],
    ],
    ["Projections", [["", ["order_view"]]]],
  ]);
});

test("each node says how it is", () => {
  expect([create, created, checkout, mail, stock, view].map(figureOf)).toEqual([
    "",
    "12/min",
    "caught up, 3 under way",
    "2 dead letters",
    "caught up",
    "late, 12 s",
  ]);
  expect([checkout, stock, mail, view].map(isInTrouble)).toEqual([false, false, true, true]);
  const paused = node("consumer", "stock", { lag: { ...caughtUp, status: "paused" } });
  const halted = node("saga", "checkout v1", { lag: caughtUp, runs: { underWay: 0, halted: 1 } });
  expect([paused, halted].map(nodeState)).toEqual([
    { status: "parked", word: "paused" },
    { status: "failed", word: "1 halted" },
  ]);
  const old = node("saga", "checkout v1", { runs: { underWay: 0, halted: 0 } });
  expect([figureOf(old), isInTrouble(old), isInTrouble(node("projection", "new"))]).toEqual([
    "no new runs",
    false,
    true,
  ]);
});

test("a saga shows its steps in order, and which can be undone", () => {
  const steps = [
    { name: "charge", compensated: true },
    { name: "confirm", compensated: false },
  ];
  expect(stepsText({ steps })).toBe("charge (can be undone), then confirm");
});

test("each node knows what leads to it and what it leads to", () => {
  const neighbours = neighboursIn(map);
  const of = (one: MapNode) => neighbours.get(one.id) ?? expect.fail(one.id);
  expect(arrowsText(of(created).from)).toBe("order.create");
  expect(arrowsText(of(created).to)).toBe(
    "checkout v1 (caught up, 3 under way), mail (2 dead letters), order_view (late, 12 s)",
  );
  expect(of(stock)).toEqual({ from: [], to: [] });
  expect([create, created, checkout, mail, stock, view].map((one) => hrefOf(one, of(one)))).toEqual([
    "/events?type=OrderCreated",
    "/events?type=OrderCreated",
    "/sagas",
    "/dead-letters?view=letters&consumer=mail",
    "/consumers",
    "/projections/order_view",
  ]);
});
