import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openSubscription } from "./open-subscription.ts";

class Source extends EventTarget {
  static latest: Source | undefined;
  isOpen = true;
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
    Source.latest = this;
  }
  close(): void {
    this.isOpen = false;
  }
  tell(name: string, data = ""): void {
    this.dispatchEvent(Object.assign(new Event(name), { data }));
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", Source);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function open() {
  const heard: unknown[] = [];
  const { unsubscribe } = openSubscription<object>(
    "orders.watchAll",
    { orders: [] },
    {
      onStarted: () => heard.push("started"),
      onData: (data) => heard.push(data),
      onError: () => heard.push("ended"),
      onStopped: () => heard.push("stopped"),
    },
  );
  const source = Source.latest;
  if (source === undefined) throw new Error("nothing was opened");
  return { heard, source, unsubscribe };
}

it("asks as tRPC does, and gives what comes until it is closed", () => {
  const { heard, source, unsubscribe } = open();
  expect(source.url).toBe(`/api/trpc/orders.watchAll?input=${encodeURIComponent('{"orders":[]}')}`);
  source.tell("connected", "{}");
  source.tell("message", '{"version":3}');
  unsubscribe();
  vi.advanceTimersByTime(60_000);
  expect(heard).toEqual(["started", { version: 3 }]);
  expect(source.isOpen).toBe(false);
});

it.each(["return", "serialized-error", "error"])("is over once on %s", (name) => {
  const { heard, source } = open();
  source.tell(name);
  vi.advanceTimersByTime(60_000);
  expect(heard).toEqual(["ended"]);
  expect(source.isOpen).toBe(false);
});

it("is over when not even a ping has come for fifteen seconds", () => {
  const { heard, source } = open();
  vi.advanceTimersByTime(14_000);
  source.tell("ping");
  vi.advanceTimersByTime(14_000);
  expect(heard).toEqual([]);
  vi.advanceTimersByTime(1_000);
  expect(heard).toEqual(["ended"]);
});
