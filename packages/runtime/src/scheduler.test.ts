import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { systemScheduler } from "./scheduler.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("a sleep", () => {
  it("is over after its time, and not before", async () => {
    const over = vi.fn<() => void>();
    void systemScheduler.sleep(100).then(over);
    await vi.advanceTimersByTimeAsync(99);
    expect(over).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(over).toHaveBeenCalled();
  });

  it("is over at once when it is called off, or was before it began, and leaves no timer", async () => {
    const stop = new AbortController();
    const sleeping = systemScheduler.sleep(100_000, stop.signal);
    stop.abort();
    await sleeping;
    await systemScheduler.sleep(100_000, stop.signal);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("repeated work", () => {
  it("never overlaps, survives its own failure, and stops", async () => {
    let running = 0;
    const most: number[] = [];
    const stop = systemScheduler.every(10, async () => {
      running += 1;
      most.push(running);
      await systemScheduler.sleep(35);
      running -= 1;
      throw new Error("failed");
    });
    await vi.advanceTimersByTimeAsync(200);
    expect(most).toEqual([1, 1, 1, 1, 1]); // every 45 ms: its own time and the interval
    stop();
    await vi.advanceTimersByTimeAsync(200);
    expect(most.length).toBe(5);
  });
});
