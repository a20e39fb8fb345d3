import { expect, test } from "vitest";
import { diagramOf, flowTitle, sinceFirst, wordsOf, type FlowEntry } from "./flow.ts";

const entry = (id: string, lane: string, causedBy: string | null, at: string): FlowEntry => ({
  id,
  lane,
  causedBy,
  at,
  finishedAt: null,
  kind: "event",
  title: id,
  detail: null,
  status: "done",
  href: null,
});

const entries = [
  entry("command", "commands", null, "2026-11-29T10:00:00.000Z"),
  entry("order-1:1", "order", "command", "2026-11-29T10:00:00.010Z"),
  entry("mail/order-1:1", "mail", "order-1:1", "2026-11-29T10:00:00.050Z"),
  entry("order-1:2", "order", "not here", "2026-11-29T10:00:01.000Z"),
];

test("each entry is in the lane of who did it, with a line from where it follows from", () => {
  const { lanes, rows } = diagramOf(entries);
  expect(lanes).toEqual(["commands", "order", "mail"]);
  expect(rows.map(({ lane, from }) => [from, lane])).toEqual([
    [0, 0],
    [0, 1],
    [1, 2],
    [1, 1],
  ]);
});

test("times count from the first entry", () => {
  expect(entries.map((one) => sinceFirst(entries, one))).toEqual([0, 10, 50, 1_000]);
  expect(diagramOf([])).toEqual({ lanes: [], rows: [] });
});

test.each([
  ["OrderConfirmed", ["Order", "Confirmed"]],
  ["took in OrderShipped", ["took ", "in ", "Order", "Shipped"]],
  ["checkout-saga", ["checkout-", "saga"]],
  ["sagas.retryStep", ["sagas.", "retry", "Step"]],
  ["mail", ["mail"]],
])("the line of %s may break between its words", (name, words) => expect(wordsOf(name)).toEqual(words));

test("a flow is called by the number of its order, where it has one", () => {
  expect(flowTitle({ orders: [{ orderId: "o1", number: "7K2MQ-X40VB" }] })).toBe("Flow of order 7K2MQ-X40VB");
  expect(flowTitle({ orders: [] })).toBe("Flow");
});
