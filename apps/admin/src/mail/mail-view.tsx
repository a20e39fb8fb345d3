"use client";
/** The local inbox: every mail the shop sent, a list and a reading pane. The open mail is in the address. */
import { cn, EmptyState, Instant, Link, Skeleton } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useQueryState } from "nuqs";
import { useEffect, useRef } from "react";
import { ListHead } from "../console/list-head.tsx";
import { useHeldRows } from "../console/held-rows.ts";
import { useLiveQuery } from "../console/live.tsx";
import { NewRowsSlot } from "../console/new-rows-slot.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC } from "../console/trpc.ts";
import { useRowKeys } from "../console/use-row-keys.ts";
import { INBOX_DESCRIPTION, MAILS_MAX } from "./inbox-size.ts";
import { mailAddress } from "./inbox-address.ts";
import { ReadingPane } from "./reading-pane.tsx";
import { deliveryOf } from "./message.ts";
import type { Message } from "./message.ts";

const mailHref = (id: string) => `/mail?id=${id}`;

export function MailView() {
  const [id] = useQueryState("id", mailAddress.id);
  const query = useQuery(useTRPC().mail.list.queryOptions({ limit: MAILS_MAX }, useLiveQuery()));
  const held = useHeldRows(query.data?.items, (message) => Number(message.id), "inbox");
  const message = query.data?.items.find((each) => each.id === id);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Beside the list the pane is in sight, and the list stays where it is; in its place the mail begins at the top.
    if (id !== null && list.current?.offsetParent === null) scrollTo(0, 0);
  }, [id]);
  return (
    <>
      <ListHead
        title="Mail"
        description={INBOX_DESCRIPTION}
        actions={<NewRowsSlot count={held.waiting} onShow={held.show} />}
        first="/mail"
        parts={mailAddress}
      />
      {query.data === undefined && query.isError ? (
        <QueryFailed query={query} what="the inbox" />
      ) : query.data?.items.length === 0 ? (
        <EmptyState title="No mail yet">
          A mail goes out when an order is confirmed, shipped, cancelled or returned, when a customer asks for its link
          or a new password, and when a customer opens an account.
        </EmptyState>
      ) : (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(18rem,26rem)_minmax(0,1fr)]">
          <div ref={list} className={cn("min-w-0", id !== null && "max-lg:hidden")}>
            {query.data === undefined ? <ListLoading /> : <MessageList messages={held.rows} openId={id} />}
          </div>
          <div className={cn("min-w-0 lg:sticky lg:top-16", id === null && "max-lg:hidden")}>
            {query.data !== undefined && <ReadingPane id={id} message={message} shopUrl={query.data.shopUrl} />}
          </div>
        </div>
      )}
    </>
  );
}

function MessageList({ messages, openId }: { messages: readonly Message[]; openId: string | null }) {
  const router = useRouter();
  const { chosen, rowRef } = useRowKeys(
    messages.map((message) => message.id),
    (id) => router.push(mailHref(id), { scroll: false }),
  );
  return (
    <ul aria-label="Mails, newest first" className="overflow-hidden rounded-md border border-line bg-surface">
      {messages.map((message) => {
        const open = message.id === openId;
        return (
          <li key={message.id} ref={rowRef(message.id)} className="border-b border-line last:border-b-0">
            <Link
              href={mailHref(message.id)}
              scroll={false}
              aria-current={open ? "true" : undefined}
              className={cn(
                "block px-3 py-2 hover:bg-sunken/70 focus-visible:outline-offset-[-2px]",
                (open || chosen === message.id) &&
                  "bg-accent-soft shadow-[inset_2px_0_0_var(--accent)] hover:bg-accent-soft",
              )}
            >
              <span className="flex items-baseline justify-between gap-3">
                <span className="min-w-0 truncate font-medium">{message.subject}</span>
                <Instant at={message.sentAt} format="relative" className="shrink-0 text-sm text-muted" />
              </span>
              <span className="block truncate text-sm text-muted">
                {message.deliveryError !== null && <span className="text-failed">{deliveryOf(message)}: </span>}
                {message.recipient}
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

function ListLoading() {
  return (
    <ul aria-hidden="true" className="rounded-md border border-line bg-surface">
      {Array.from({ length: 8 }, (_, row) => (
        <li key={row} className="space-y-2 border-b border-line px-3 py-2.5 last:border-b-0">
          <Skeleton className="h-3 w-3/4" />
          <Skeleton className="h-2.5 w-2/5" />
        </li>
      ))}
    </ul>
  );
}
