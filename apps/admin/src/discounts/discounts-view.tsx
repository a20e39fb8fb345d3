"use client";
/** Discount codes, the newest first: what each takes off, how often it was used, and whether it can be used now. */
import {
  EmptyState,
  Instant,
  LinkButton,
  Money,
  Pagination,
  SkeletonRows,
  StatusBadge,
  Table,
  TableMessage,
  TBody,
  Td,
  Th,
  THead,
  Tr,
} from "@tillstream/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { ListHead } from "../console/list-head.tsx";
import { useLiveQuery } from "../console/live.tsx";
import { ListFailed } from "../console/list-failed.tsx";
import { useTRPC } from "../console/trpc.ts";
import { discountColumns, discountFilters, discountsAbout, discountsHref, listInput } from "./discount-filters.ts";
import { CURRENCY, stateOf, takesOff, type DiscountCode } from "./discount-words.ts";
import { EndDiscount } from "./end-discount.tsx";
import { NewDiscount } from "./new-discount.tsx";

const NUMERIC: readonly string[] = ["Takes off", "From goods of", "Used", "Each customer"];

const first = discountsHref({ after: null });

export function DiscountsView() {
  const [filters] = useQueryStates(discountFilters);
  const list = useQuery(
    useTRPC().discounts.list.queryOptions(listInput(filters), { ...useLiveQuery(), placeholderData: keepPreviousData }),
  );
  const codes = list.data?.items ?? [];
  return (
    <>
      <ListHead
        title="Discounts"
        description={discountsAbout}
        actions={<NewDiscount />}
        first={first}
        parts={discountFilters}
      />
      {list.data === undefined && list.isError ? (
        <ListFailed query={list} what="the discount codes" first={first} />
      ) : (
        <>
          {list.data !== undefined && (
            <p role="status" className="mb-2 text-sm text-muted">
              As of <Instant at={new Date(list.dataUpdatedAt).toISOString()} format="time" />
            </p>
          )}
          <Table label="Discount codes, the newest first">
            <THead>
              <Tr>
                {discountColumns.map((column) => (
                  <Th key={column} numeric={NUMERIC.includes(column)}>
                    {column === "" ? <span className="sr-only">Actions</span> : column}
                  </Th>
                ))}
              </Tr>
            </THead>
            <TBody>
              {codes.map((code) => (
                <Tr key={code.code}>
                  <Cells code={code} nowMs={list.dataUpdatedAt} />
                </Tr>
              ))}
              {list.isPending && <SkeletonRows rows={8} columns={discountColumns.length} />}
              {list.isSuccess && codes.length === 0 && (
                <TableMessage columns={discountColumns.length}>
                  <NoCodes isFirst={filters.after === null} />
                </TableMessage>
              )}
            </TBody>
          </Table>
        </>
      )}
      <Pagination
        className="mt-3"
        newerLabel="Newest"
        newerHref={filters.after === null ? undefined : first}
        olderLabel="Older"
        olderHref={list.data?.nextCursor ? discountsHref({ after: list.data.nextCursor }) : undefined}
      />
    </>
  );
}

function Cells({ code, nowMs }: { code: DiscountCode; nowMs: number }) {
  const { word, status } = stateOf(code, nowMs);
  return (
    <>
      <Td mono>{code.code}</Td>
      <Td numeric label="Takes off">
        {takesOff(code)}
      </Td>
      <Td numeric label="From goods of">
        {code.minimum === 0 ? "any" : <Money value={{ amount: code.minimum, currency: CURRENCY }} />}
      </Td>
      <Td numeric label="Used">
        {code.uses.toLocaleString("en-US")}
        {code.usesMax !== null && ` of ${code.usesMax.toLocaleString("en-US")}`}
      </Td>
      <Td numeric label="Each customer">
        {code.usesPerCustomerMax === 1 ? "once" : `${code.usesPerCustomerMax} times`}
      </Td>
      <Td label="Starts">
        <Instant at={code.startsAt} />
      </Td>
      <Td label="Ends">
        {code.endsAt === null ? <span className="text-muted">never</span> : <Instant at={code.endsAt} />}
      </Td>
      <Td label="State">
        <StatusBadge status={status} quiet>
          {word}
        </StatusBadge>
      </Td>
      <Td>
        <EndDiscount code={code.code} startsAt={code.startsAt} endsAt={code.endsAt} isOver={word === "ended"} />
      </Td>
    </>
  );
}

function NoCodes({ isFirst }: { isFirst: boolean }) {
  if (isFirst)
    return <EmptyState title="No discount codes yet">Make one, and customers can use it at the checkout.</EmptyState>;
  return (
    <EmptyState
      title="Nothing older"
      action={<LinkButton href={discountsHref({ after: null })}>The newest codes</LinkButton>}
    >
      These were all of them.
    </EmptyState>
  );
}
