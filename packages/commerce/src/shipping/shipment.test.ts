import { misdeclared, specify } from "@tillstream/eventing/testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { shipment, shipmentAggregate } from "./shipment.ts";
import type { ShipmentCommand } from "./shipment.ts";
import { simulatedCarrier, UNREACHABLE_CITY } from "./simulated-carrier.ts";

const schedule: ShipmentCommand = { type: "schedule", orderId: "1", dueAt: "2026-01-01T00:00:00.000Z" };
const recordLabel: ShipmentCommand = { type: "recordLabel", label: { carrier: "Post", trackingNumber: "P1" } };
const cancel: ShipmentCommand = { type: "cancel" };
const receiveReturn: ShipmentCommand = { type: "receiveReturn", reason: "too small" };

const { given, play } = specify(shipment);

const command = fc.constantFrom(schedule, recordLabel, cancel, receiveReturn);

it("whatever is asked of it, a shipment is scheduled once, then labelled or cancelled, and returned only after it left", () => {
  const ways = [
    [],
    ["ShipmentScheduled"],
    ["ShipmentScheduled", "ShipmentCancelled"],
    ["ShipmentScheduled", "ShipmentCreated"],
    ["ShipmentScheduled", "ShipmentCreated", "ReturnReceived"],
  ];
  fc.assert(
    fc.property(fc.array(command, { maxLength: 15 }), (commands) => {
      expect(ways).toContainEqual(play(commands).events.map(({ type }) => type));
    }),
  );
});

it("a command that was carried out leads to nothing when it is repeated, or is refused", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 8 }), command, (commands, last) => {
      const before = [...commands, last];
      expect(play([...before, last]).events).toEqual(play(before).events);
    }),
  );
});

it("what was never scheduled is not sent, what has left is not cancelled, and only what has left comes back", () => {
  given([]).when(recordLabel).thenRefused("NO_SHIPMENT");
  given(play([schedule, recordLabel]).events)
    .when(cancel)
    .thenRefused("ALREADY_SHIPPED");
  given(play([schedule]).events)
    .when(receiveReturn)
    .thenRefused("NOT_SHIPPED");
  given(play([schedule, cancel]).events)
    .when(recordLabel)
    .then([]);
});

it("a parcel that came back keeps its number and why it came", () => {
  expect(play([schedule, recordLabel, receiveReturn]).state).toMatchObject({
    status: "returned",
    label: { trackingNumber: "P1" },
    returnReason: "too small",
  });
});

it("the simulated carrier gives the same key the same number for ever, and another key another", async () => {
  const { signal } = new AbortController();
  const label = (idempotencyKey: string, city = "Town") =>
    simulatedCarrier.createLabel({ orderId: "1", address: { city }, idempotencyKey }, signal);
  expect(await label("shp-1")).toEqual({ carrier: "Meadow Post", trackingNumber: "MP126631925592" });
  expect((await label("shp-2")).trackingNumber).not.toBe((await label("shp-1")).trackingNumber);
  await expect(label("shp-1", UNREACHABLE_CITY)).rejects.toThrow("does not answer");
});

it("its commands lead to the events that they declare, and to no others", () => {
  const plays = fc.sample(fc.array(command, { maxLength: 30, size: "max" }), { numRuns: 1_000, seed: 42 });
  expect(misdeclared(shipmentAggregate, plays)).toEqual([]);
});
