"use client";
/** What the stream's events add up to now, and the first of them after which something was true. */
import { Button, Field, Instant, JsonView, Link, Panel, SkeletonText, Term, TextInput } from "@tillstream/ui";
import { BY_POST } from "@tillstream/trpc/client";
import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { useState, type FormEvent } from "react";
import { meaningOf } from "../console/definitions.ts";
import { failureOf } from "../console/failure.ts";
import { useLiveQuery } from "../console/live.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC, type Outputs } from "../console/trpc.ts";
import { eventHref, orderOfStream } from "../links/events.ts";

const EXPRESSION_MAX = 1_000;

export function StreamState({ streamId }: { streamId: string }) {
  const now = useQuery(useTRPC().streams.stateAt.queryOptions({ streamId }, useLiveQuery()));
  return (
    <Panel title={<Term meaning={meaningOf.state}>State</Term>}>
      <FirstWhere streamId={streamId} />
      <div className="mt-4">
        {now.data !== undefined ? (
          <JsonView value={now.data.state} label={`State now, after version ${now.data.version}`} />
        ) : now.isError ? (
          <QueryFailed query={now} what="the state" />
        ) : (
          <SkeletonText lines={6} />
        )}
      </div>
    </Panel>
  );
}

/** It runs when somebody presses Find: an address that brings an expression along only fills it in. */
function FirstWhere({ streamId }: { streamId: string }) {
  const [where, setWhere] = useQueryState("where", parseAsString.withDefault("").withOptions({ history: "push" }));
  const [asked, setAsked] = useState("");
  const search = useQuery(
    useTRPC().streams.firstWhere.queryOptions(
      { streamId, where },
      { enabled: where !== "" && asked === where, retry: false, trpc: { context: BY_POST } },
    ),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get("where");
    const next = typeof typed === "string" ? typed.trim() : "";
    if (next === asked && next !== "") void search.refetch();
    setAsked(next);
    void setWhere(next === "" ? null : next);
  };
  const example = orderOfStream(streamId) === undefined ? "balance >= 5000" : 'status = "confirmed"';
  return (
    <>
      <form key={where} onSubmit={submit}>
        <Field
          label="First event after which this is true"
          hint={
            <>
              JSONata over the state, such as <code className="font-mono">{example}</code>
            </>
          }
          error={search.isError ? failureOf(search.error).message : undefined}
        >
          <span className="flex items-start gap-2">
            <span className="min-w-0 flex-1">
              <TextInput
                mono
                name="where"
                defaultValue={where}
                maxLength={EXPRESSION_MAX}
                autoComplete="off"
                autoCapitalize="off"
                spellCheck={false}
              />
            </span>
            <Button type="submit" loading={search.isFetching}>
              Find
            </Button>
          </span>
        </Field>
      </form>
      <div role="status" className="mt-2">
        {search.isSuccess && <Found step={search.data.step} />}
      </div>
    </>
  );
}

function Found({ step }: { step: Outputs["streams"]["firstWhere"]["step"] }) {
  if (step === null) return <p className="text-muted">It is true after no event of this stream.</p>;
  const { eventId, version, type, recordedAt, state } = step;
  return (
    <>
      <p className="mb-2">
        Version {version},{" "}
        <Link
          href={eventHref(eventId)}
          className="inline-flex min-h-6 items-center font-medium underline underline-offset-3"
        >
          {type}
        </Link>
        , <Instant at={recordedAt} format="precise" />
      </p>
      <JsonView value={state} label={`State after version ${version}`} openDepth={1} />
    </>
  );
}
