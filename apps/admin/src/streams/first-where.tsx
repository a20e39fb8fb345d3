"use client";
/** The first event of a stream after which something was true. */
import { Button, Field, Instant, JsonView, Link, TextInput } from "@tillstream/ui";
import { BY_POST } from "@tillstream/trpc/client";
import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { useState, type FormEvent } from "react";
import { failureOf } from "../console/failure.ts";
import { useTRPC, type Outputs } from "../console/trpc.ts";
import { eventHref } from "../links/events.ts";

const EXPRESSION_MAX = 1_000;

interface FirstWhereProps {
  readonly streamId: string;
  readonly example: string;
  onTravel(version: number): void;
}

/** It runs when the operator presses Find: an address with an expression only fills it in. */
export function FirstWhere({ streamId, example, onTravel }: FirstWhereProps) {
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
  return (
    <>
      <form key={where} onSubmit={submit}>
        <Field
          label="First event after which this is true"
          hint={
            <>
              JSONata over the state, amounts in cents, such as <code className="font-mono">{example}</code>
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
        {search.isSuccess && <Found step={search.data.step} onTravel={onTravel} />}
      </div>
    </>
  );
}

interface FoundProps {
  readonly step: Outputs["streams"]["firstWhere"]["step"];
  onTravel(version: number): void;
}

function Found({ step, onTravel }: FoundProps) {
  if (step === null) return <p className="text-muted">It is true after no event of this stream.</p>;
  const { eventId, version, type, recordedAt, state } = step;
  return (
    <>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <p>
          Version {version},{" "}
          <Link
            href={eventHref(eventId)}
            className="inline-flex min-h-6 items-center font-medium underline underline-offset-3"
          >
            {type}
          </Link>
          , <Instant at={recordedAt} format="precise" />
        </p>
        <Button size="sm" aria-label={`Travel here, to version ${version}`} onClick={() => onTravel(version)}>
          Travel here
        </Button>
      </div>
      <JsonView value={state} label={`State after version ${version}`} openDepth={1} />
    </>
  );
}
