"use client";
/** What is on its way back or came back, and how to send something back. */
import type { Aftercare, OrderPage } from "@tillstream/commerce";
import { useCommand } from "@tillstream/trpc/commands";
import { isUnsettled } from "@tillstream/trpc/commands";
import { Banner, Button, Instant, LinkButton, VisuallyHidden } from "@tillstream/ui";
import type { ReactNode } from "react";
import { send } from "../shop/calls.ts";
import { SignInAgain } from "../shop/sign-in-again.tsx";
import { Unsettled } from "../shop/unsettled.tsx";
import type { OrderAccess } from "./order-stream.ts";
import { announcedWords, labelPage, reasonWords, unitsWords } from "./return-words.ts";
import type { Return } from "./return-words.ts";
import { isOverByOrder, isPaidBack } from "./status-words.ts";

interface ReturnsProps {
  readonly access: OrderAccess;
  readonly order: OrderPage;
  readonly aftercare: Aftercare;
  readonly returnsAddress: string;
  /** Begins another return, as long as something can be sent back. */
  readonly action: ReactNode;
  onChanged(): unknown;
}

export function Returns({ access, order, aftercare, returnsAddress, action, onChanged }: ReturnsProps) {
  const { returns, returnUntil, returnDays } = aftercare;
  const mayStill = order.status === "shipped" && !isPaidBack(order);
  if (!mayStill && returns.length === 0) return null;
  return (
    <section aria-labelledby="returns" className="rounded-lg bg-sunken p-6">
      <h2 id="returns" className="heading text-2xl">
        Sending it back
      </h2>
      {mayStill && (
        <>
          <p className="mt-3 text-ink-soft">
            {returnUntil === null ? (
              `Orders can be sent back for ${returnDays} days after they left, and that time is over for this one.`
            ) : (
              <>
                If something is not what you hoped for, you can send it back until{" "}
                <Instant at={returnUntil} format="day" />: choose it here, print the label, and send the parcel to
              </>
            )}
          </p>
          {returnUntil !== null && <address className="mt-3 not-italic">{returnsAddress}</address>}
        </>
      )}
      {returns.length > 0 && (
        <ul aria-label="Returns" aria-live="polite" className="mt-3 divide-y divide-line">
          {returns.map((each) => (
            <ReturnItem key={each.returnId} access={access} order={order} item={each} onChanged={onChanged} />
          ))}
        </ul>
      )}
      <div className="mt-4 empty:hidden">{action}</div>
    </section>
  );
}

interface ReturnItemProps {
  readonly access: OrderAccess;
  readonly order: OrderPage;
  readonly item: Return;
  onChanged(): unknown;
}

function ReturnItem({ access, order, item, onChanged }: ReturnItemProps) {
  const { returnId, number, status, lines, requestedAt } = item;
  return (
    <li className="grid gap-2 py-3" data-testid="return" data-status={status}>
      <p className="flex flex-wrap justify-between gap-x-4">
        <span className="figures font-medium whitespace-nowrap">{number}</span>
        <span className="text-sm text-muted">
          Announced <Instant at={requestedAt} format="day" />
        </span>
      </p>
      <ul className="text-sm">
        {lines.map(({ refunded = 0, ...line }) => (
          <li key={line.sku}>
            {unitsWords([{ ...line, quantity: line.quantity + refunded }])}:{" "}
            <span className="text-muted">{reasonWords(line.reason)}</span>
            {refunded > 0 &&
              status === "requested" &&
              ` (${refunded} refunded already: keep ${refunded === 1 ? "it" : "them"} out of the parcel)`}
          </li>
        ))}
      </ul>
      <p className="text-sm text-ink-soft">
        <State order={order} item={item} />
      </p>
      {status === "requested" && !isOverByOrder(order, item) && (
        <div className="flex flex-wrap gap-3">
          <LinkButton size="sm" href={labelPage(access, returnId)}>
            Label to print<VisuallyHidden> for {number}</VisuallyHidden>
          </LinkButton>
          <Withdraw access={access} item={item} onChanged={onChanged} />
        </div>
      )}
    </li>
  );
}

function State({ order, item: { status, settledAt, received, refundIds, to } }: { order: OrderPage; item: Return }) {
  if (isOverByOrder(order, { status })) return "This return is over: the whole order came back to us.";
  if (status === "requested") return announcedWords(to, order);
  const when = settledAt !== null && <Instant at={settledAt} format="day" />;
  if (status === "refunded")
    return <>We refunded these things without waiting for the parcel, {when}. You need not send them back.</>;
  if (status === "withdrawn") return <>It is not expected any more, since {when}.</>;
  const isPaid = refundIds.every((id) =>
    order.refunds.some(({ refundId, completedAt }) => refundId === id && completedAt !== null),
  );
  const nameOf = (sku: string) => order.lines.find((line) => line.sku === sku)?.name ?? sku;
  return (
    <>
      Thank you, {unitsWords(received.map((line) => ({ ...line, name: nameOf(line.sku) })))} arrived {when}.{" "}
      {isPaid ? "Your money is back." : "Your money is on its way back."}
    </>
  );
}

function Withdraw({ access, item: { returnId, number }, onChanged }: Omit<ReturnItemProps, "order">) {
  const withdraw = useCommand({
    name: "orders.withdrawReturn",
    subject: returnId,
    send: (input: { returnId: string }, call) => send("orders", "withdrawReturn", { ...access, ...input }, call),
    onDone: onChanged,
    onRefused: onChanged,
  });
  if (isUnsettled(withdraw)) return <Unsettled whether={`${number} was withdrawn`} command={withdraw} />;
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        loading={withdraw.state === "sending"}
        onClick={() => void withdraw.run({ returnId })}
      >
        Withdraw it<VisuallyHidden> {number}</VisuallyHidden>
      </Button>
      {withdraw.state === "refused" && (
        <Banner tone="failed" role="alert">
          {withdraw.failure?.message} <SignInAgain failure={withdraw.failure} />
        </Banner>
      )}
    </>
  );
}
