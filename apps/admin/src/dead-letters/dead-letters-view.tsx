"use client";
/** Events that a consumer could not process: by kind of failure, or one by one. */
import { PageHeader, TabLinks, Term } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { meaningOf } from "../console/definitions.ts";
import { useLiveQuery } from "../console/live.tsx";
import { useTRPC } from "../console/trpc.ts";
import { FailuresView } from "./failures-view.tsx";
import { letterFilters, lettersHref } from "../links/letters.ts";
import { LettersView } from "./letters-view.tsx";

export function DeadLettersView() {
  const [filters] = useQueryStates(letterFilters);
  const counts = useQuery(useTRPC().deadLetters.counts.queryOptions(undefined, useLiveQuery())).data;
  return (
    <>
      <PageHeader
        title="Dead letters"
        description={
          <>
            A <Term meaning={meaningOf.deadLetter}>dead letter</Term> holds up its own stream for its own consumer.
            Everything else goes on.
          </>
        }
      />
      <TabLinks
        className="mb-3"
        label="Views"
        items={[
          { href: "/dead-letters", label: "By failure", current: filters.view === "failures" },
          {
            href: lettersHref(),
            label: "All letters",
            count: counts && counts.parked + counts.retrying + counts.waiting,
            current: filters.view === "letters",
          },
        ]}
      />
      {filters.view === "failures" ? <FailuresView /> : <LettersView filters={filters} />}
    </>
  );
}
