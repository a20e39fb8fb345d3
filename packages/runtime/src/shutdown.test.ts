import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createLogger } from "./logger.ts";
import { createShutdown, TimeoutError, withTimeout } from "./shutdown.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("a bound on time", () => {
  it("hands through what comes in time, and leaves no timer", async () => {
    expect(await withTimeout(Promise.resolve(5), 10, "it")).toBe(5);
    await expect(withTimeout(Promise.reject(new Error("own fault")), 10, "it")).rejects.toThrow("own fault");
    expect(vi.getTimerCount()).toBe(0);
  });

  it("ends what does not come, and says what it was", async () => {
    const late = expect(withTimeout(new Promise(() => undefined), 10, "the call")).rejects.toThrow(
      new TimeoutError("the call took longer than 10 ms"),
    );
    await vi.advanceTimersByTimeAsync(10);
    await late;
  });
});

describe("a shutdown", () => {
  it("runs its hooks once, the last registered first, whichever of them fails or hangs", async () => {
    const ran: string[] = [];
    const shutdown = createShutdown(createLogger("test", "silent"));
    shutdown.onShutdown("pool", () => void ran.push("pool"));
    shutdown.onShutdown("hangs", () => new Promise(() => undefined));
    shutdown.onShutdown("throws", () => {
      throw new Error("failed");
    });
    shutdown.onShutdown("work", () => void ran.push(`work, aborted: ${shutdown.signal.aborted}`));
    const ends = [shutdown.run("SIGTERM"), shutdown.run("SIGINT")];
    await vi.advanceTimersByTimeAsync(10_000);
    await Promise.all(ends);
    expect(ran).toEqual(["work, aborted: true", "pool"]);
  });
});
