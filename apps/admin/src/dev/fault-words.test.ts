import { expect, it } from "vitest";
import { GATEWAY_OFFERS, saysOf } from "./fault-words.ts";

it("each offer for the gateway reads as it will be told", () => {
  for (const { label, value } of GATEWAY_OFFERS)
    expect(saysOf({ name: "gateway", value: value === true ? {} : value })).toBe(
      `gateway ${label.replace("half", "50 %")}`,
    );
});

it("several faults of the gateway are told together", () => {
  expect(saysOf({ name: "gateway", value: { decline: true, latencyMs: 500, down: false } })).toBe(
    "gateway declines every card, takes 0.5 s a call",
  );
});
