/**
 * One tab among those that share a stream. The holder of a lock leads: it alone has a connection, follows what all tabs want
 * and passes on what comes. When it goes, however it goes, the lock falls to the next one, whom the others tell what they
 * want and which version they have seen. Each holds a lock of its own too, so that the leader learns who has gone.
 * Without locks or a channel, or where they are blocked, each tab leads itself.
 */
import type { TabBrowser } from "./browser.ts";
import { createConnection, type Connection, type OpenStream, type StreamListener } from "./connection.ts";
import type { Message, StreamState, Topic } from "./topic.ts";

export interface Membership<Input> {
  /** What this tab wants from now on, instead of what it wanted before. */
  want(topics: readonly Topic<Input>[]): void;
  leave(): void;
}

export interface JoinOptions<Input, Data> {
  /** Of the stream; the same in all tabs. */
  readonly name: string;
  readonly browser: TabBrowser;
  readonly open: OpenStream<Input, Data>;
  /** Hears everything that any tab wants. */
  readonly listener: StreamListener<Data>;
}

type Word<Input, Data> =
  | { readonly kind: "leading" }
  | { readonly kind: "want"; readonly tab: string; readonly topics: readonly Topic<Input>[] }
  | { readonly kind: "message"; readonly message: Message<Data> }
  | { readonly kind: "state"; readonly state: StreamState };

export function join<Input, Data>(options: JoinOptions<Input, Data>): Membership<Input> {
  const { name, browser, open, listener } = options;
  const { locks } = browser;
  const channel = locks === undefined ? undefined : browser.openChannel(name);
  const left = Promise.withResolvers<void>();
  const leaving = new AbortController();
  const tab = locks === undefined ? "" : crypto.randomUUID();
  const tabLock = (id: string): string => `${name}:tab:${id}`;
  let own: readonly Topic<Input>[] = [];
  /** While this tab leads. */
  let connection: Connection<Input> | undefined;
  const others = new Map<string, readonly Topic<Input>[]>();
  /** Only a tab that can be seen to go may ask for something. */
  let present = false;

  const post = (word: Word<Input, Data>): void => channel?.postMessage(word);
  const ask = (): void => {
    if (connection !== undefined) connection.follow([...own, ...[...others.values()].flat()]);
    else if (present) post({ kind: "want", tab, topics: own });
  };

  function lead(): void {
    connection = createConnection(open, {
      message(message) {
        listener.message(message);
        post({ kind: "message", message });
      },
      state(state) {
        listener.state(state);
        post({ kind: "state", state });
      },
    });
    ask();
    post({ kind: "leading" });
  }

  function hear(word: Word<Input, Data>): void {
    if (connection === undefined) {
      if (word.kind === "leading") ask();
      if (word.kind === "message") listener.message(word.message);
      if (word.kind === "state") listener.state(word.state);
      return;
    }
    if (word.kind !== "want") return;
    if (!others.has(word.tab)) noticeEndOf(word.tab);
    others.set(word.tab, word.topics);
    post({ kind: "state", state: connection.state() });
    ask();
  }

  /** Runs `whenHeld` once the lock is ours, and keeps it until this tab leaves. */
  function hold(lock: string, whenHeld: () => void): Promise<void> {
    const keep = (): Promise<void> => {
      if (!leaving.signal.aborted) whenHeld();
      return left.promise;
    };
    return locks === undefined ? keep() : locks.request(lock, { signal: leaving.signal }, keep);
  }

  function noticeEndOf(id: string): void {
    const forget = (): void => {
      others.delete(id);
      if (!leaving.signal.aborted) ask();
    };
    // It rejects when this tab leaves first: then no leader is left to tell.
    void locks?.request(tabLock(id), { signal: leaving.signal }, forget).catch(() => undefined);
  }

  if (locks === undefined || channel === undefined) lead();
  else {
    channel.addEventListener("message", ({ data }) => hear(data as Word<Input, Data>)); // posted by `post` of another tab
    const onRefusal = (): void => {
      if (!leaving.signal.aborted && connection === undefined) lead();
    };
    void hold(tabLock(tab), () => {
      present = true;
      ask();
    }).catch(onRefusal);
    void hold(`${name}:leader`, lead).catch(onRefusal);
  }
  return {
    want(topics) {
      own = topics;
      ask();
    },
    leave() {
      leaving.abort();
      connection?.close();
      channel?.close();
      left.resolve();
    },
  };
}
