"use client";
/** How the events flow: what waits in the outbox, who lags most, how many dead letters are open. */
import { Sparkline } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { useLiveQuery } from "../console/live.tsx";
import { useTRPC } from "../console/trpc.ts";
import { lettersText, openLetters } from "../dead-letters/dead-letter-state.ts";
import { useOutbox } from "../outbox/use-outbox.ts";
import { useTrend } from "../subscriptions/lag-trend.ts";
import { LAG_LIMIT_SECONDS, secondsText } from "../console/subscription-state.ts";
import { useProjections } from "../subscriptions/use-subscriptions.ts";
import { FigureTile } from "./figure-tile.tsx";

export function FlowTiles() {
  return (
    <>
      <OutboxTile />
      <LagTile />
      <DeadLettersTile />
    </>
  );
}

function OutboxTile() {
  const query = useOutbox();
  const outbox = query.data;
  const down = outbox?.relayAlive === false;
  const late = (outbox?.oldestAgeSeconds ?? 0) > LAG_LIMIT_SECONDS;
  return (
    <FigureTile
      query={query}
      href="/outbox"
      label="Unpublished events"
      value={outbox?.unpublished.toLocaleString("en-US")}
      secondary={
        outbox?.unpublished === 0
          ? `${outbox.publishedLastMinute.toLocaleString("en-US")} published in the last minute`
          : `oldest ${secondsText(outbox?.oldestAgeSeconds ?? 0)}`
      }
      status={down || late ? "failed" : undefined}
      statusWord={down ? "relay is down" : late ? `over ${LAG_LIMIT_SECONDS} s` : undefined}
    />
  );
}

function LagTile() {
  const query = useProjections();
  const worst = query.data?.[0]; // the procedure sorts by lag
  const samples = useTrend(`lag ${worst?.name ?? ""}`);
  const late = (worst?.lagSeconds ?? 0) > LAG_LIMIT_SECONDS;
  const caughtUp = worst !== undefined && worst.eventsBehind === 0;
  return (
    <FigureTile
      query={query}
      href="/projections"
      label="Worst projection lag"
      value={worst === undefined ? "none" : secondsText(worst.lagSeconds)}
      secondary={
        worst === undefined
          ? "no projection yet"
          : caughtUp
            ? "all caught up"
            : `${worst.name}, ${worst.eventsBehind.toLocaleString("en-US")} behind`
      }
      status={late ? "failed" : undefined}
      statusWord={late ? `over ${LAG_LIMIT_SECONDS} s` : undefined}
      chart={
        <Sparkline
          values={samples.map((sample) => sample.value)}
          threshold={LAG_LIMIT_SECONDS}
          label={`Lag of ${worst?.name ?? "projections"} since you looked, limit ${LAG_LIMIT_SECONDS} s`}
          className="h-6"
        />
      }
    />
  );
}

function DeadLettersTile() {
  const query = useQuery(useTRPC().deadLetters.counts.queryOptions(undefined, useLiveQuery()));
  const counts = query.data;
  const open = counts === undefined ? 0 : openLetters(counts);
  return (
    <FigureTile
      query={query}
      href="/dead-letters"
      label="Dead letters"
      value={counts && open.toLocaleString("en-US")}
      secondary={counts === undefined || open === 0 ? "none is open" : lettersText(counts)}
      status={open > 0 ? "failed" : undefined}
      statusWord={open > 0 ? "open" : undefined}
    />
  );
}
