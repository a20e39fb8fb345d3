"use client";
/** The first event of a stream, from its beginning or after a version, after which something was true. */
import { Button, Field, Instant, JsonView, Link, TextInput } from "@tillstream/ui";
import { BY_POST } from "@tillstream/trpc/client";
import { useQuery } from "@tanstack/react-query";
import { parseAsInteger, parseAsString, useQueryStates } from "nuqs";
import { useState, type FormEvent } from "react";
import { failureOf } from "../console/failure.ts";
import { useTRPC, type Outputs } from "../console/trpc.ts";
import { eventHref } from "../links/events.ts";

const EXPRESSION_MAX = 1_000;
const searched = {
  where: parseAsString.withDefault(""),
  /** Events up to this version are passed over. */
  past: parseAsInteger.withDefault(0),
};

interface FirstWhereProps {
  readonly streamId: string;
  readonly example: string;
  onTravel(version: number): void;
}

/** It runs when the operator presses Find: an address with an expression only fills it in. */
export function FirstWhere({ streamId, example, onTravel }: FirstWhereProps) {
  const [{ where, past }, setSearched] = useQueryStates(searched, { history: "push" });
  const [asked, setAsked] = useState("");
  const afterVersion = Math.max(0, past);
  const search = useQuery(
    useTRPC().streams.firstWhere.queryOptions(
      { streamId, where, afterVersion },
      { enabled: where !== "" && asked === keyOf(where, past), retry: false, trpc: { context: BY_POST } },
    ),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [next, nextPast] = [form.get("where"), form.get("past")];
    find(typeof next === "string" ? next.trim() : "", Math.max(0, Math.trunc(Number(nextPast)) || 0));
  };
  const find = (next: string, nextPast: number) => {
    const key = keyOf(next, nextPast);
    if (key === asked && next !== "") void search.refetch();
    setAsked(key);
    void setSearched({ where: next === "" ? null : next, past: nextPast === 0 ? null : nextPast });
  };
  return (
    <>
      <form key={keyOf(where, past)} onSubmit={submit} className="space-y-2">
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
        <Field label="After version" hint="0 begins with the first event">
          <TextInput mono name="past" inputMode="numeric" defaultValue={String(afterVersion)} autoComplete="off" />
        </Field>
      </form>
      <div role="status" className="mt-2">
        {search.isSuccess && (
          <Found
            step={search.data.step}
            afterVersion={afterVersion}
            onTravel={onTravel}
            onNext={(version) => find(where, version)}
          />
        )}
      </div>
    </>
  );
}

/** What was asked, as one word: an address alone only fills the form in. */
const keyOf = (where: string, past: number) => (where === "" ? "" : `${past} ${where}`);

interface FoundProps {
  readonly step: Outputs["streams"]["firstWhere"]["step"];
  readonly afterVersion: number;
  onTravel(version: number): void;
  /** Searches on after this version. */
  onNext(version: number): void;
}

function Found({ step, afterVersion, onTravel, onNext }: FoundProps) {
  if (step === null)
    return (
      <p className="text-muted">
        {afterVersion === 0
          ? "It is true after no event of this stream."
          : `It is true after no event that follows version ${afterVersion}.`}
      </p>
    );
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
        <span className="flex flex-wrap gap-2">
          <Button size="sm" aria-label={`Travel here, to version ${version}`} onClick={() => onTravel(version)}>
            Travel here
          </Button>
          <Button size="sm" onClick={() => onNext(version)}>
            Find the next
          </Button>
        </span>
      </div>
      <JsonView value={state} label={`State after version ${version}`} openDepth={1} />
    </>
  );
}
