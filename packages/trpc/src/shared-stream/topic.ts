/** What a live stream carries: topics, each with versions that only grow; a message replaces those of its topic before it. */

/** What a reader wants to hear of. */
export interface Topic<Input> {
  /** The same for everybody who wants the same. */
  readonly key: string;
  /** Asks the server for it. */
  readonly input: Input;
  /** The version seen last, or -1. */
  readonly after: number;
}

export interface Message<Data> {
  readonly key: string;
  readonly version: number;
  readonly data: Data;
}

/** Whether the server can be heard. */
export type StreamState = "connecting" | "open" | "broken";

/** One for each key, from the lowest version that any of them has seen last. */
export function unite<Input>(topics: Iterable<Topic<Input>>): Map<string, Topic<Input>> {
  const united = new Map<string, Topic<Input>>();
  for (const topic of topics) {
    const known = united.get(topic.key);
    if (known === undefined || topic.after < known.after) united.set(topic.key, topic);
  }
  return united;
}
