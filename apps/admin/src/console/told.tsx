"use client";
import { Instant, useNow } from "@tillstream/ui";
import { Fragment } from "react";
import { timesIn } from "./times-in.ts";

/** What the server says in words, with its times as the page says any other: in the viewer's zone, UTC on hover. */
export function Told({ text }: { text: string }) {
  return timesIn(text).map((part, index) =>
    typeof part === "string" ? <Fragment key={index}>{part}</Fragment> : <When key={index} at={part.at} />,
  );
}

/** A time of today without its day. */
export function When({ at }: { at: string }) {
  const nowMs = useNow();
  const isToday = nowMs !== undefined && new Date(at).toDateString() === new Date(nowMs).toDateString();
  return <Instant at={at} format={isToday ? "time" : "datetime"} />;
}
