"use client";
/** Events that a consumer could not process: by kind of failure, or one by one. */
import { TabLinks, Term } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { glossary } from "@tillstream/eventing/glossary";
import { ListHead } from "../console/list-head.tsx";
import { useLiveQuery } from "../console/live.tsx";
import { useTRPC } from "../console/trpc.ts";
import { FailuresView } from "./failures-view.tsx";
import { deadLetterFilters, deadLettersHref } from "../links/dead-letters.ts";
import { openLetters } from "./dead-letter-state.ts";
import { DeadLetterList } from "./dead-letter-list.tsx";

export function DeadLettersView() {
  const [filters] = useQueryStates(deadLetterFilters);
  const counts = useQuery(useTRPC().deadLetters.counts.queryOptions(undefined, useLiveQuery())).data;
  return (
    <>
      <ListHead
        title="Dead letters"
        description={
          <>
            A <Term meaning={glossary.deadLetter}>dead letter</Term> blocks its own stream for its own consumer.
            Everything else goes on.
          </>
        }
        parts={deadLetterFilters}
      />
      <TabLinks
        className="mb-3"
        label="Views"
        items={[
          { href: "/dead-letters", label: "By failure", current: filters.view === "failures" },
          {
            href: deadLettersHref(),
            label: "All dead letters",
            count: counts && openLetters(counts),
            current: filters.view === "letters",
          },
        ]}
      />
      {filters.view === "failures" ? <FailuresView /> : <DeadLetterList filters={filters} />}
    </>
  );
}
