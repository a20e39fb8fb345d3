import { systemScheduler } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { createDuty } from "./duty.ts";

const drain = { by: "Omar", reason: "a new disk", since: new Date(0) };

/** Work that runs until its signal aborts, and counts. */
function work() {
  const seen = { begun: 0, ended: 0 };
  return {
    seen,
    async run({ signal }: { readonly signal: AbortSignal }): Promise<void> {
      seen.begun += 1;
      await systemScheduler.sleep(60_000, signal);
      seen.ended += 1;
    },
  };
}

it("work ends when the worker is drained, and starts again when it is resumed", async () => {
  const [duty, stop, { seen, run }] = [createDuty(), new AbortController(), work()];
  const running = duty.during({ scheduler: systemScheduler, signal: stop.signal }, run);
  await vi.waitFor(() => expect(seen).toEqual({ begun: 1, ended: 0 }));
  expect([duty.isBusy(), duty.drain()]).toEqual([true, undefined]);
  for (const again of [drain, { ...drain, reason: "and more" }]) duty.set(again);
  await vi.waitFor(() => expect(duty.isBusy()).toBe(false));
  expect([seen, duty.drain()?.reason]).toEqual([{ begun: 1, ended: 1 }, "and more"]);
  duty.set(undefined);
  await vi.waitFor(() => expect(seen).toEqual({ begun: 2, ended: 1 }));
  stop.abort();
  await running;
  expect(seen).toEqual({ begun: 2, ended: 2 });
});

it("a process that stops while it is drained begins nothing more", async () => {
  const [duty, stop, { seen, run }] = [createDuty(), new AbortController(), work()];
  duty.set(drain);
  const running = duty.during({ scheduler: systemScheduler, signal: stop.signal }, run);
  stop.abort();
  await running;
  duty.set(undefined);
  expect(seen).toEqual({ begun: 0, ended: 0 });
});

it("work that ends or fails by itself is left to its watchdog", async () => {
  const duty = createDuty();
  const ports = { scheduler: systemScheduler, signal: new AbortController().signal };
  await duty.during(ports, async () => undefined);
  await expect(duty.during(ports, () => Promise.reject(new Error("it broke")))).rejects.toThrow("it broke");
  expect(duty.isBusy()).toBe(false);
});
