/** A tRPC subscription as the stream that is shared. */
import type { OpenStream } from "./connection.ts";
import type { Message, Topic } from "./topic.ts";

export interface SubscriptionEvents<Output> {
  onStarted(): void;
  onData(output: Output): void;
  onError(): void;
  onStopped(): void;
}

/**
 * @param subscribe opens the subscription for these topics
 * @param toMessages what the server sent, for each topic that it is about
 */
export function streamOf<Input, Data, Output>(
  subscribe: (topics: readonly Topic<Input>[], events: SubscriptionEvents<Output>) => { unsubscribe(): void },
  toMessages: (output: Output, topics: readonly Topic<Input>[]) => readonly Message<Data>[],
): OpenStream<Input, Data> {
  return (topics, listener) => {
    let closed = false;
    /** Also when it ended well: a stream of live changes has no end of its own. */
    const onEnd = (): void => {
      if (!closed) listener.state("broken");
    };
    const subscription = subscribe(topics, {
      onStarted: () => !closed && listener.state("open"),
      onData(output) {
        if (closed) return;
        for (const message of toMessages(output, topics)) listener.message(message);
      },
      onError: onEnd,
      onStopped: onEnd,
    });
    return () => {
      closed = true;
      subscription.unsubscribe();
    };
  };
}
