"use client";
import { startTransition, useEffect, useEffectEvent, useState } from "react";
import type { SharedStream } from "./shared-stream.ts";
import type { StreamState, Topic } from "./topic.ts";

/** Follows one topic while the component is there, undefined none. Gives whether the server can be heard. */
export function useSharedStream<Input, Data>(
  stream: SharedStream<Input, Data>,
  topic: Topic<Input> | undefined,
  onData: (data: Data) => void,
): StreamState {
  const [state, setState] = useState<StreamState>("connecting");
  const hear = useEffectEvent(onData);
  /** As of now: a version seen since then does not make another topic. */
  const current = useEffectEvent(() => topic);
  const key = topic?.key;
  useEffect(() => {
    const wanted = key === undefined ? undefined : current();
    if (wanted === undefined) return;
    // As a transition, so that what is still being hydrated below is not drawn a second time for it.
    const tell = (next: StreamState) => startTransition(() => setState(next));
    return stream.subscribe(wanted, { message: ({ data }) => hear(data), state: tell });
  }, [stream, key]);
  return state;
}
