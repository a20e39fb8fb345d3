import { expect, test } from "vitest";
import { isRelayDrained, leasesText, lossOf, runsText, stateOf, touchesOf, type Worker } from "./worker-state.ts";

const worker = (id: string, more: Partial<Worker> = {}): Worker => ({
  id,
  version: "0.1.0",
  host: "here",
  pid: 1,
  state: "running",
  runs: ["relay", "consumer mail"],
  alone: [],
  relayEpoch: null,
  steps: 0,
  startedAt: "2026-11-30T10:00:00.000Z",
  heartbeatAt: "2026-11-30T10:00:00.000Z",
  heartbeatAgeSeconds: 0.2,
  drain: null,
  ...more,
});

test("what a worker runs and holds is counted by kind", () => {
  expect(runsText(["relay", "projection a", "consumer b", "consumer c"])).toBe("relay, 1 projection, 2 consumers");
  expect(leasesText(worker("one"))).toBe("none");
  expect(leasesText(worker("one", { relayEpoch: 7, steps: 1 }))).toBe("the relay's, epoch 7; 1 saga step");
});

test("what stops with a worker is said: everything, or what no other runs", () => {
  const last = worker("one", { alone: ["consumer mail", "relay"] });
  const newer = worker("one", { alone: ["consumer mail"] });
  expect(lossOf(last, [last, worker("two", { state: "drained" })])).toMatch(/^No other worker is running: nothing/);
  expect(lossOf(newer, [newer, worker("two")])).toMatch(/^No other worker runs consumer mail:/);
  expect(lossOf(worker("one"), [worker("one"), worker("two")])).toBeUndefined();
});

test("others go on in its place only where they do all that it does", () => {
  const last = worker("one", { alone: ["consumer mail", "relay"] });
  const drained = (workers: readonly Worker[]) => touchesOf({ to: "drain", loss: lossOf(last, workers) });
  expect(drained([last])).not.toContain("others");
  expect(drained([last, worker("two")])).not.toContain("others");
  expect(touchesOf({ to: "drain", loss: undefined })).toContain("others go on in its place");
  expect(touchesOf({ to: "resume", loss: undefined })).toBe("It takes its share of the work again.");
});

test("the relay waits for a drained worker when no other that is there would run it", () => {
  const drained = worker("one", { state: "drained" });
  expect(isRelayDrained([drained, worker("two", { state: "gone" }), worker("three", { runs: [] })])).toBe(true);
  expect(isRelayDrained([drained, worker("two")])).toBe(false);
  expect(isRelayDrained([worker("one", { state: "gone" })])).toBe(false);
  expect(isRelayDrained([])).toBe(false);
});

test("every state has its colour and its word", () => {
  const words = (["running", "draining", "drained", "gone"] as const).map((state) => stateOf({ state }).status);
  expect(words).toEqual(["done", "waiting", "parked", "failed"]);
});
