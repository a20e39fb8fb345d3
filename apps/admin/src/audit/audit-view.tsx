"use client";
/** What people changed, from the newest change or the oldest, with the filters in the address. */
import { Button, EmptyState, Pagination, SkeletonRows, TableMessage } from "@tillstream/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { FilterForm, FilterFormChips, type FilterField } from "../console/filter-form.tsx";
import { useHeldRows } from "../console/held-rows.ts";
import { useLiveQuery } from "../console/live.tsx";
import { NewRowsSlot } from "../console/new-rows-slot.tsx";
import { NothingFurther } from "../console/nothing-further.tsx";
import { ListFailed } from "../console/list-failed.tsx";
import { turnedBy } from "../console/time-order.ts";
import { useTRPC } from "../console/trpc.ts";
import { ListHead } from "../console/list-head.tsx";
import { auditColumns } from "./audit-columns.ts";
import { AuditTable } from "./audit-table.tsx";
import { auditFilters, auditHref, listInput, noFilters, type AuditFilters } from "./filters.ts";

const fields: readonly FilterField[] = [
  { key: "actor", label: "Who", placeholder: "name or e-mail" },
  { key: "action", label: "Action", placeholder: "projections.pause" },
  { key: "subject", label: "What", placeholder: "order_view" },
];

export function AuditView() {
  const [filters, setFilters] = useQueryStates(auditFilters, { history: "push" });
  const apply = (next: AuditFilters) => void setFilters(next);
  const form = { fields, filters, none: noFilters, onChange: apply };
  const live = useLiveQuery();
  const list = useQuery(
    useTRPC().audit.list.queryOptions(listInput(filters), { ...live, placeholderData: keepPreviousData }),
  );
  const held = useHeldRows(
    list.isPlaceholderData ? undefined : list.data?.items,
    ({ id }) => Number(id),
    auditHref(filters),
    filters.sort,
  );
  const rows = list.isPlaceholderData ? (list.data?.items ?? []) : held.rows;
  const turned = turnedBy(filters, auditHref, list.data?.nextCursor);
  return (
    <>
      <ListHead
        title="Audit"
        description="Every change that people made: who, what and why, before and after. Rows are only added and can never be changed."
        actions={<NewRowsSlot count={held.waiting} onShow={held.show} />}
        first={turned.first}
        parts={auditFilters}
      />
      <FilterForm {...form} />
      <FilterFormChips {...form} />
      {list.data === undefined && list.isError ? (
        <ListFailed query={list} what="the audit" first={turned.first} />
      ) : (
        <div className={list.isPlaceholderData ? "opacity-60 transition-opacity" : undefined}>
          <AuditTable rows={rows} words={turned.words} sort={turned.head}>
            {list.isPending && <SkeletonRows rows={12} columns={auditColumns.length} />}
            {list.isSuccess && rows.length === 0 && (
              <TableMessage columns={auditColumns.length}>
                <Nothing filters={filters} onClear={() => apply({ ...noFilters, sort: filters.sort })} />
              </TableMessage>
            )}
          </AuditTable>
        </div>
      )}
      <Pagination className="mt-3" {...turned.pages} />
    </>
  );
}

function Nothing({ filters: { before, sort, ...filters }, onClear }: { filters: AuditFilters; onClear(): void }) {
  if (Object.values(filters).some((value) => value !== null)) {
    return (
      <EmptyState title="No changes match" action={<Button onClick={onClear}>Clear all filters</Button>}>
        People changed something, but nothing with all of these filters.
      </EmptyState>
    );
  }
  if (before !== null) return <NothingFurther sort={sort}>This is the beginning of the audit.</NothingFurther>;
  return (
    <EmptyState title="Nobody has changed anything yet">
      What people do here or from the terminal, such as pausing a projection or cancelling an order, is kept here with
      its reason.
    </EmptyState>
  );
}
