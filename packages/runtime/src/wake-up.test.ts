import { beforeEach, expect, it } from "vitest";
import type { Scheduler } from "./scheduler.ts";
import { createWakeUp } from "./wake-up.ts";
import type { WakeUp } from "./wake-up.ts";

const never = new AbortController().signal;
let slept: number;
let wakeUp: WakeUp;
beforeEach(() => {
  slept = 0;
  // Sleeps until its signal: only a hint or the caller's end wakes it.
  const scheduler: Scheduler = {
    every: () => () => undefined,
    sleep: (_, signal) =>
      new Promise((resolve) => {
        slept += 1;
        if (signal?.aborted) resolve();
        signal?.addEventListener("abort", () => resolve());
      }),
  };
  wakeUp = createWakeUp(scheduler);
});

it("a hint wakes who waits", async () => {
  const waiting = wakeUp.wait(1_000, never);
  wakeUp.notify();
  await waiting;
  expect(slept).toBe(1);
});

it("a hint that came before the wait is not lost", async () => {
  wakeUp.notify();
  await wakeUp.wait(1_000, never);
  expect(slept).toBe(0);
});

it("any number of hints are one", async () => {
  for (let time = 0; time < 5; time += 1) wakeUp.notify();
  await wakeUp.wait(1_000, never);
  const second = wakeUp.wait(1_000, never);
  expect(slept).toBe(1);
  for (let time = 0; time < 5; time += 1) wakeUp.notify();
  await second;
  const stop = new AbortController();
  const third = wakeUp.wait(1_000, stop.signal);
  expect(slept).toBe(2); // the hints of the second wait are used up
  stop.abort();
  await third;
});

it("without a hint the poll is the guarantee", async () => {
  const polls: number[] = [];
  const polling = createWakeUp({ every: () => () => undefined, sleep: async (ms) => void polls.push(ms) });
  await polling.wait(250, never);
  await polling.wait(100, never);
  expect(polls).toEqual([250, 100]);
});
