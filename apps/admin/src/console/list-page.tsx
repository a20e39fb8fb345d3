"use client";
/**
 * A list of the console: its head with the export, what it is searched and filtered by, its rows, and its pages. It looks the same
 * while it loads, when nothing is found, when it fails, and when the page that was asked for is gone.
 */
import {
  Pagination,
  SkeletonRows,
  Table,
  TableMessage,
  TabLinks,
  TBody,
  Th,
  THead,
  Tr,
  type PaginationProps,
} from "@tillstream/ui";
import type { ComponentProps, ReactNode } from "react";
import type { Parts } from "./address.ts";
import { ListFailed } from "./list-failed.tsx";
import { ListHead } from "./list-head.tsx";
import type { FailedQuery } from "./query-failed.tsx";
import { SearchForm } from "./search-form.tsx";
import { searchOf } from "./search-of.ts";
import type { SortHead } from "./time-order.ts";
import { useRowLinks } from "./use-row-links.ts";

const LOADING_ROWS = 12;

interface ListQuery<Item> extends FailedQuery {
  readonly data: { readonly items: readonly Item[]; readonly nextCursor: string | null } | undefined;
  readonly isPending: boolean;
  readonly isSuccess: boolean;
  readonly isError: boolean;
  /** These are the rows of the page before. */
  readonly isPlaceholderData: boolean;
}

interface ListPageProps<Item> {
  readonly title: string;
  readonly description: ReactNode;
  /** Besides the export. */
  readonly actions?: ReactNode;
  /** The address of the list with its filters, from its first row on. */
  readonly first: string;
  /** Of the address: what the list is narrowed by. */
  readonly parts: Parts;
  /** Of its table: what it has, and in which order. */
  readonly label: string;
  /** As a sentence has it, such as "the stock". */
  readonly what: string;
  readonly list: ListQuery<Item>;
  /** In place of the answer's, where some are held back. */
  readonly rows?: readonly Item[];
  readonly search?: {
    readonly label: string;
    readonly hint: string;
    readonly typed: string | null;
    /** Null: all of them again. */
    onSearch(search: string | null): void;
  };
  /** In place of the search. */
  readonly form?: ReactNode;
  readonly tabs?: Pick<ComponentProps<typeof TabLinks>, "label" | "items">;
  /** Between the filters and the rows. */
  readonly above?: ReactNode;
  readonly columns: readonly string[];
  readonly numeric: readonly string[];
  /** The column that takes what is left of the width. */
  readonly widest: string;
  readonly sort?: { readonly column: string; readonly head: SortHead };
  /** Where a row leads to, by which it is known. */
  hrefOf(item: Item): string;
  /** Of several rows that lead to one place. */
  keyOf?(item: Item): string | number;
  /** A click anywhere on a row opens it. */
  readonly rowsOpen?: boolean;
  cells(item: Item, href: string): ReactNode;
  readonly empty: ReactNode;
  /** Why the page may be gone that the address asks for. */
  readonly gone?: string;
  readonly pages: Omit<PaginationProps, "className">;
}

export function ListPage<Item>(props: ListPageProps<Item>) {
  const { title, description, actions, first, parts, what, list, search, form, tabs, above, pages } = props;
  return (
    <>
      <ListHead title={title} description={description} actions={actions} first={first} parts={parts} />
      {search !== undefined && (
        <SearchForm
          key={search.typed}
          label={search.label}
          hint={search.hint}
          search={search.typed ?? ""}
          busy={list.isPlaceholderData && list.isFetching}
          onSearch={(typed) => search.onSearch(searchOf(typed) ?? null)}
        />
      )}
      {form}
      {tabs !== undefined && <TabLinks className="mb-3" {...tabs} />}
      {list.data === undefined && list.isError ? (
        <ListFailed query={list} what={what} first={first} gone={props.gone} />
      ) : (
        <div className={list.isPlaceholderData ? "opacity-60 transition-opacity" : undefined}>
          {above}
          <Rows {...props} />
        </div>
      )}
      <Pagination className="mt-3" {...pages} />
    </>
  );
}

function Rows<Item>(props: ListPageProps<Item>) {
  const { label, list, columns, numeric, widest, sort, hrefOf, keyOf = hrefOf, cells, rowsOpen = false, empty } = props;
  const rows = props.rows ?? list.data?.items ?? [];
  const { chosen, rowRef, onClick } = useRowLinks(rows.map(hrefOf));
  return (
    <Table label={label}>
      <THead>
        <Tr>
          {columns.map((column) => (
            <Th
              key={column}
              numeric={numeric.includes(column)}
              sort={sort?.column === column ? sort.head : undefined}
              className={column === widest ? "w-full" : undefined}
            >
              {column}
            </Th>
          ))}
        </Tr>
      </THead>
      <TBody>
        {rows.map((item) => {
          const href = hrefOf(item);
          const opens = rowsOpen && { onClick: onClick(href), className: "cursor-pointer" };
          return (
            <Tr key={keyOf(item)} ref={rowRef(href)} selected={chosen === href} {...opens}>
              {cells(item, href)}
            </Tr>
          );
        })}
        {list.isPending && <SkeletonRows rows={LOADING_ROWS} columns={columns.length} />}
        {list.isSuccess && rows.length === 0 && <TableMessage columns={columns.length}>{empty}</TableMessage>}
      </TBody>
    </Table>
  );
}
