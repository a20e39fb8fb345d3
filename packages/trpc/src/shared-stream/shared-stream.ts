/**
 * Live changes over one stream for the whole browser: browsers allow six connections to a host, and an open page must not use
 * one up. A hidden tab wants nothing; when it is visible again, it catches up from the version that it knows.
 */
import { thisTab, type TabBrowser } from "./browser.ts";
import type { OpenStream, StreamListener } from "./connection.ts";
import { join, type Membership } from "./membership.ts";
import type { Message, StreamState, Topic } from "./topic.ts";

export interface SharedStream<Input, Data> {
  /** Hears each newer version of the topic once, and whether the server can be heard. Gives back the way to stop. */
  subscribe(topic: Topic<Input>, listener: StreamListener<Data>): () => void;
}

export interface SharedStreamOptions<Input, Data> {
  /** The same in all tabs, and for nothing else. */
  readonly name: string;
  readonly open: OpenStream<Input, Data>;
  readonly browser?: TabBrowser;
}

interface Subscription<Input, Data> {
  topic: Topic<Input>;
  readonly listeners: Set<StreamListener<Data>>;
}

export function createSharedStream<Input, Data>({
  name,
  open,
  browser = thisTab,
}: SharedStreamOptions<Input, Data>): SharedStream<Input, Data> {
  const subscriptions = new Map<string, Subscription<Input, Data>>();
  let membership: Membership<Input> | undefined;
  let state: StreamState = "connecting";
  let stopWatching: (() => void) | undefined;

  const listener: StreamListener<Data> = {
    message(message: Message<Data>) {
      const subscription = subscriptions.get(message.key);
      if (subscription === undefined || message.version <= subscription.topic.after) return;
      subscription.topic = { ...subscription.topic, after: message.version };
      for (const one of subscription.listeners) one.message(message);
    },
    state(next) {
      state = next;
      for (const { listeners } of subscriptions.values()) for (const one of listeners) one.state(next);
    },
  };

  /** Makes what this tab holds agree with what is wanted of it. */
  function settle(): void {
    const wanted = browser.visible() ? [...subscriptions.values()].map(({ topic }) => topic) : [];
    if (wanted.length > 0) {
      membership ??= join({ name, browser, open, listener });
      return membership.want(wanted);
    }
    membership?.leave();
    membership = undefined;
    state = "connecting";
  }

  function add(topic: Topic<Input>): Subscription<Input, Data> {
    const subscription = { topic, listeners: new Set<StreamListener<Data>>() };
    subscriptions.set(topic.key, subscription);
    stopWatching ??= browser.onVisibility(settle);
    return subscription;
  }

  function remove(key: string): void {
    subscriptions.delete(key);
    if (subscriptions.size > 0) return;
    stopWatching?.();
    stopWatching = undefined;
  }

  return {
    subscribe(topic, one) {
      const subscription = subscriptions.get(topic.key) ?? add(topic);
      subscription.listeners.add(one);
      one.state(state);
      settle();
      return () => {
        if (!subscription.listeners.delete(one) || subscription.listeners.size > 0) return;
        remove(topic.key);
        settle();
      };
    },
  };
}
