import { expect, test, vi } from "vitest";
import { keepRunning } from "./keep-running.ts";

const QUICK = { firstMs: 1, maxMs: 4, healthyAfterMs: 60_000 };

function fakeServer(pid: number) {
  let end = (): void => undefined;
  const exited = new Promise<void>((resolve) => (end = resolve));
  return {
    pid,
    exited,
    end,
    stop: vi.fn<() => Promise<void>>(async () => end()),
    answers: async () => true,
    kill: () => end(),
  };
}

test("a server that ends is started again, also when a start fails in between", async () => {
  const first = fakeServer(1);
  const second = fakeServer(2);
  const log = vi.fn<(line: string) => void>();
  const start = vi
    .fn<() => Promise<typeof first>>()
    .mockRejectedValueOnce(new Error("not yet"))
    .mockResolvedValueOnce(second);
  const kept = keepRunning("postgres", first, start, log, QUICK);
  first.end();
  await vi.waitUntil(() => kept.current() === second);
  expect(log.mock.calls.flat()).toEqual([
    "postgres ended; it starts again in 0.001 s",
    "postgres does not start: not yet",
  ]);
  await kept.stop();
  expect(second.stop).toHaveBeenCalled();
});

test("a server that is stopped stays stopped", async () => {
  const first = fakeServer(1);
  const start = vi.fn<() => Promise<typeof first>>();
  const kept = keepRunning("redis", first, start, () => undefined, QUICK);
  await kept.stop();
  expect(first.stop).toHaveBeenCalled();
  expect(start).not.toHaveBeenCalled();
});
