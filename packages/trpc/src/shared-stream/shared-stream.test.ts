/** Several tabs in one process, which share the locks and channels of Node as tabs share those of a browser. */
import { afterEach, expect, it, vi } from "vitest";
import type { TabBrowser } from "./browser.ts";
import type { OpenStream } from "./connection.ts";
import { createSharedStream } from "./shared-stream.ts";
import type { StreamState, Topic } from "./topic.ts";

/** A server with one counter for each topic: a client that connects hears it when it is above what it has seen, and each change. */
function testServer() {
  const versions = new Map<string, number>();
  const open = new Set<{ keys: string[]; tell(key: string): void; drop(): void }>();
  let openedMax = 0;
  const connect: OpenStream<string, number> = (topics, listener) => {
    const tell = (key: string): void => {
      const version = versions.get(key) ?? 0;
      const topic = topics.find((one) => one.key === key);
      if (topic !== undefined && version > topic.after) listener.message({ key, version, data: version });
    };
    const connection = { keys: topics.map(({ key }) => key), tell, drop: () => listener.state("broken") };
    open.add(connection);
    openedMax = Math.max(openedMax, open.size);
    listener.state("open");
    for (const { key } of topics) tell(key);
    return () => open.delete(connection);
  };
  return {
    connect,
    open,
    openedMax: () => openedMax,
    followed: () => [...open].map(({ keys }) => keys.toSorted()),
    change(key: string): void {
      versions.set(key, (versions.get(key) ?? 0) + 1);
      for (const connection of open) connection.tell(key);
    },
  };
}

type TestServer = ReturnType<typeof testServer>;

let streams = 0;
const closings: (() => void)[] = [];
afterEach(() => {
  for (const close of closings.splice(0)) close();
});

interface Sharing extends Partial<Pick<TabBrowser, "locks" | "openChannel">> {
  readonly name?: string;
}

/** A browser of its own, in which tabs can be opened. */
function testBrowser(server: TestServer, sharing: Sharing = {}) {
  const { name = `stream-${(streams += 1)}`, ...blocked } = sharing;
  return function openTab(key: string, after = -1) {
    let visible = true;
    let onChange = (): void => undefined;
    const tab = {
      visible: () => visible,
      onVisibility(listener: () => void) {
        onChange = listener;
        return () => (onChange = () => undefined);
      },
      locks: navigator.locks,
      openChannel: (channel: string) => new BroadcastChannel(channel),
      ...blocked,
    };
    const stream = createSharedStream<string, number>({ name, open: server.connect, browser: tab });
    const heard: number[] = [];
    const states: StreamState[] = [];
    const topic: Topic<string> = { key, input: key, after };
    const stop = stream.subscribe(topic, {
      message: ({ data }) => heard.push(data),
      state: (state) => states.push(state),
    });
    const show = (next: boolean): void => {
      visible = next;
      onChange();
    };
    closings.push(stop);
    return { heard, states, close: stop, hide: () => show(false), show: () => show(true) };
  };
}

const SOON = { timeout: 3_000, interval: 5 };
const eventually = (check: () => void) => vi.waitFor(check, SOON);

it("eight tabs hold one connection, which carries what all of them want to each of them", async () => {
  const server = testServer();
  const openTab = testBrowser(server);
  const keys = Array.from({ length: 8 }, (_, index) => `order ${index}`);
  const tabs = keys.map((key) => openTab(key));
  await eventually(() => expect(server.followed()).toEqual([keys]));
  await eventually(() => expect(tabs.map(({ states }) => states.at(-1))).toEqual(Array(8).fill("open")));
  for (const key of keys) server.change(key);
  server.change("order 7");
  await eventually(() => expect(tabs.map(({ heard }) => heard.at(-1))).toEqual([1, 1, 1, 1, 1, 1, 1, 2]));
  expect(tabs.map(({ heard }) => heard.length)).toEqual([2, 2, 2, 2, 2, 2, 2, 3]);
  expect(server.openedMax()).toBe(1);
});

it("hidden tabs hold and want nothing, and catch up when they are seen again", async () => {
  const server = testServer();
  const openTab = testBrowser(server);
  const [leader, other] = [openTab("a"), openTab("b")];
  await eventually(() => expect(server.followed()).toEqual([["a", "b"]]));
  await eventually(() => expect(other.heard).toEqual([0]));
  other.hide();
  await eventually(() => expect(server.followed()).toEqual([["a"]]));
  leader.hide();
  await eventually(() => expect(server.followed()).toEqual([]));
  server.change("b");
  expect(other.heard).toEqual([0]);
  other.show();
  await eventually(() => expect(other.heard).toEqual([0, 1]));
  expect(server.openedMax()).toBe(1);
});

it.each(["hide", "close"] as const)(
  "when the leader is out (%s), another takes over and misses nothing",
  async (how) => {
    const server = testServer();
    const openTab = testBrowser(server);
    const [leader, ...others] = [openTab("a"), openTab("b"), openTab("c")];
    await eventually(() => expect(server.followed()).toEqual([["a", "b", "c"]]));
    server.change("b");
    await eventually(() => expect(others[0]?.heard).toEqual([0, 1]));
    leader[how]();
    server.change("b");
    server.change("c");
    await eventually(() =>
      expect(others.map(({ heard }) => heard)).toEqual([
        [0, 1, 2],
        [0, 1],
      ]),
    );
    expect(server.followed()).toEqual([["b", "c"]]);
    expect(server.openedMax()).toBe(1);
  },
);

it("a tab that comes back to a topic which another follows hears what it missed", async () => {
  const server = testServer();
  const openTab = testBrowser(server);
  const watching = openTab("a");
  await eventually(() => expect(watching.heard).toEqual([0]));
  for (let changes = 0; changes < 3; changes += 1) server.change("a");
  const late = openTab("a", 1);
  await eventually(() => expect(late.heard).toEqual([3]));
  // The leader's connection began after what this one knows.
  watching.close();
  await eventually(() => expect(server.followed()).toEqual([["a"]]));
  const later = openTab("a", 0);
  await eventually(() => expect(later.heard).toEqual([3]));
  expect(late.heard).toEqual([3]);
});

it("a stream that breaks says so in every tab, and is opened again", async () => {
  const server = testServer();
  const openTab = testBrowser(server);
  const tabs = [openTab("a"), openTab("b")];
  await eventually(() => expect(server.followed()).toEqual([["a", "b"]]));
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  for (const connection of server.open) connection.drop();
  server.open.clear();
  await new Promise((resolve) => setImmediate(resolve));
  server.change("b");
  await vi.advanceTimersByTimeAsync(5_000);
  vi.useRealTimers();
  await eventually(() => expect(tabs[1]?.heard).toEqual([0, 1]));
  expect(tabs.map(({ states }) => states.includes("broken"))).toEqual([true, true]);
});

const blockedLocks = {
  request: () => Promise.reject(new DOMException("Access is denied.", "SecurityError")),
} as unknown as LockManager; // the part of it that is used here

it.each([
  ["no locks", { locks: undefined }],
  ["no channel", { openChannel: () => undefined }],
  ["locks that are blocked", { locks: blockedLocks }],
])("with %s each tab has a stream of its own, while it is seen", async (_, sharing) => {
  const server = testServer();
  const openTab = testBrowser(server, sharing);
  const tabs = [openTab("a"), openTab("b")];
  await eventually(() => expect(server.followed()).toEqual([["a"], ["b"]]));
  tabs[0]?.hide();
  server.change("b");
  expect(tabs[1]?.heard).toEqual([0, 1]);
  expect(server.followed()).toEqual([["b"]]);
});
