import { expect, it } from "vitest";
import { Added, COUNTER_MAX, counterAggregate, Reset } from "./counter.ts";
import { specify } from "./specify.ts";

const counter = specify(counterAggregate().decider);
const full = [Added.create({ by: COUNTER_MAX })];
const add = { type: "add", by: 1 } as const;

it("a specification holds when the events, or the refusal, are those that were expected", () => {
  counter
    .given([])
    .when(add)
    .then([Added.create({ by: 1 })]);
  counter.given([]).when({ type: "reset" }).then([]);
  counter
    .given(full)
    .when({ type: "reset" })
    .then([Reset.create({})]);
  counter.given(full).when(add).thenRefused("TOO_MUCH");
});

it("any other outcome breaks it", () => {
  expect(() =>
    counter
      .given([])
      .when(add)
      .then([Added.create({ by: 2 })]),
  ).toThrow();
  expect(() => counter.given([]).when(add).then([])).toThrow();
  expect(() => counter.given(full).when(add).then([])).toThrow("refused: TOO_MUCH");
  expect(() => counter.given([]).when(add).thenRefused("TOO_MUCH")).toThrow("not refused");
  expect(() => counter.given(full).when(add).thenRefused("TOO_LITTLE")).toThrow();
});

it("commands that are refused change nothing of what the others lead to", () => {
  const { events, states, state, refusals } = counter.play([add, { type: "add", by: COUNTER_MAX }, { type: "reset" }]);
  expect(events).toEqual([Added.create({ by: 1 }), Reset.create({})]);
  expect(states.map(({ total }) => total)).toEqual([0, 1, 0]);
  expect(state).toEqual({ total: 0, additions: 1 });
  expect(refusals).toEqual(["TOO_MUCH"]);
});
