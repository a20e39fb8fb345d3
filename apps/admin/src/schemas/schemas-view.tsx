"use client";
/** Which versions of events there are, how much of the history is of each, and which may be dropped. */
import { EmptyState, SkeletonRows, TableMessage, Term } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { glossary } from "@tillstream/eventing/glossary";
import { ListHead } from "../console/list-head.tsx";
import { useLiveQuery } from "../console/live.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC } from "../console/trpc.ts";
import { schemaAddress } from "./schema-address.ts";
import { SchemaTable, schemaColumns } from "./schema-table.tsx";

export function SchemasView() {
  const trpc = useTRPC();
  const shares = useQuery(trpc.schemas.versionShare.queryOptions(undefined, useLiveQuery({ slow: true })));
  const schemas = useQuery(trpc.schemas.list.queryOptions()).data ?? [];
  const [open, setOpen] = useQueryState("open", schemaAddress.open.withOptions({ history: "push" }));
  return (
    <>
      <ListHead
        title="Schemas"
        description={
          <>
            A stored event keeps its <Term meaning={glossary.schemaVersion}>version</Term>; an{" "}
            <Term meaning={glossary.upcaster}>upcaster</Term> brings it to the latest when it is read.
          </>
        }
        first="/schemas"
        parts={schemaAddress}
      />
      {shares.data === undefined && shares.isError ? (
        <QueryFailed query={shares} what="the versions" />
      ) : (
        <SchemaTable
          types={shares.data ?? []}
          schemas={schemas}
          open={open}
          onToggle={(key) => void setOpen(key === open ? null : key)}
        >
          {shares.isPending && <SkeletonRows rows={12} columns={schemaColumns} />}
          {shares.data?.length === 0 && (
            <TableMessage columns={schemaColumns}>
              <EmptyState title="No event types yet">
                No module of this deployment defines an event, and none is stored.
              </EmptyState>
            </TableMessage>
          )}
        </SchemaTable>
      )}
    </>
  );
}
