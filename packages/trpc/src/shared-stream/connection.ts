/**
 * The one connection to the server. It is opened again when the topics change, from the versions that their readers have
 * seen, so that nothing is missed in between; the old one is closed first, so that there is never a second.
 */
import { unite, type Message, type StreamState, type Topic } from "./topic.ts";

/** Tabs that open or change hands together lead to one connection. */
const COALESCE_MS = 50;
/** A stream that the server ended or refused is asked for again. */
const RETRY_MS = 5_000;

export interface StreamListener<Data> {
  message(message: Message<Data>): void;
  state(state: StreamState): void;
}

/** Opens a stream of these topics; the function given back closes it, after which nothing more is heard. */
export type OpenStream<Input, Data> = (topics: readonly Topic<Input>[], listener: StreamListener<Data>) => () => void;

export interface Connection<Input> {
  /** Follows these topics from now on, no matter which of `readers` wants them. */
  follow(topics: readonly Topic<Input>[]): void;
  state(): StreamState;
  close(): void;
}

export function createConnection<Input, Data>(
  open: OpenStream<Input, Data>,
  listener: StreamListener<Data>,
): Connection<Input> {
  let wanted = new Map<string, Topic<Input>>();
  let followed = new Map<string, Topic<Input>>();
  const latest = new Map<string, Message<Data>>();
  let state: StreamState = "connecting";
  let close = (): void => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function tell(next: StreamState): void {
    state = next;
    listener.state(next);
    if (next === "broken") reopenIn(RETRY_MS);
  }

  function reopenIn(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(reopen, ms);
  }

  function reopen(): void {
    close();
    close = () => undefined;
    followed = wanted;
    latest.clear();
    if (followed.size === 0) return;
    tell("connecting");
    close = open([...followed.values()], { message, state: tell });
  }

  function message(next: Message<Data>): void {
    latest.set(next.key, next);
    listener.message(next);
  }

  /** Whether the open stream has carried, or will carry, all that a reader who has seen `after` does not know. */
  function covers({ key, after }: Topic<Input>): boolean {
    const from = followed.get(key)?.after;
    return from !== undefined && (from <= after || latest.has(key));
  }

  return {
    follow(topics) {
      wanted = unite(topics);
      const same = wanted.size === followed.size && [...wanted.values()].every(covers);
      if (!same) return reopenIn(COALESCE_MS);
      for (const { key, after } of wanted.values()) {
        const known = latest.get(key);
        if (known !== undefined && known.version > after) listener.message(known);
      }
    },
    state: () => state,
    close() {
      clearTimeout(timer);
      close();
    },
  };
}
