import type { Aftercare, OrderPage } from "@tillstream/commerce";
import { cn, CopyableId, Instant, Money } from "@tillstream/ui";
import { PaidParts } from "./paid-parts.tsx";
import { PriceRows } from "./price-rows.tsx";
import { afterRefunds, cardName, meansWords, receiptWords, refundWords } from "./receipt-words.ts";
import { paymentOf } from "./status-words.ts";

interface ReceiptProps {
  readonly order: OrderPage;
  readonly paidBy: Pick<Aftercare, "paidWith" | "card">;
}

/** What was ordered, and what it cost or why it did not cost anything. */
export function Receipt({ order, paidBy }: ReceiptProps) {
  const { title, totalLabel, total, paid, parts } = receiptWords(order);
  return (
    <section aria-labelledby="receipt" className="rounded-lg bg-sunken p-6">
      <h2 id="receipt" className="heading text-2xl">
        {title}
      </h2>
      <ul className="mt-3 divide-y divide-line">
        {order.lines.map(({ sku, name, image, quantity, lineTotal }) => (
          <li key={sku} className="flex gap-3 py-3">
            <img
              src={image}
              alt=""
              width={80}
              height={100}
              className="aspect-[4/5] w-12 shrink-0 rounded-sm object-cover"
            />
            <div className="min-w-0 flex-1">
              <p className="leading-snug">{name}</p>
              <p className="text-sm text-muted">
                {quantity} {quantity === 1 ? "piece" : "pieces"}
              </p>
            </div>
            <span className="figures">
              <Money value={lineTotal} />
            </span>
          </li>
        ))}
      </ul>
      {(totalLabel ?? paid) !== null && <PriceRows price={order.price} className="mt-1 border-t border-line pt-3" />}
      {paid !== null && (
        <p className="mt-3 flex justify-between gap-4 border-t border-line pt-3">
          <span>{paid.label}</span>
          <span className="figures">{paid.total}</span>
        </p>
      )}
      <p
        data-testid="receipt-total"
        className="mt-3 flex justify-between border-t border-line-strong pt-3 text-lg font-medium"
      >
        {totalLabel !== null && <span>{totalLabel}</span>}
        <span className="figures">{total}</span>
      </p>
      {parts !== null && <p className="mt-1 text-ink-soft">{parts}</p>}
      {totalLabel !== null && order.creditPart !== null && (
        <PaidParts creditPart={order.creditPart} total={order.total} card={cardName(paidBy.card)} />
      )}
      {afterRefunds(order).map(({ label, amount, as }) => (
        <p
          key={label}
          className={cn(
            "mt-1 flex justify-between",
            as === "included" && "text-muted",
            as === "total" && "font-medium",
          )}
        >
          <span>{label}</span>
          <span className="figures">
            <Money value={amount} />
          </span>
        </p>
      ))}
      {order.refunds.length > 0 && (
        <ul aria-label="Refunds" className="mt-3 grid gap-1 text-sm">
          {order.refunds.map((refund) => (
            <li key={refund.refundId}>{refundWords(refund)}</li>
          ))}
        </ul>
      )}
      <dl className="mt-5 grid gap-1 text-sm text-muted">
        <div className="flex justify-between gap-3">
          <dt>Order</dt>
          <dd>
            <CopyableId id={order.number} what="order number" />
          </dd>
        </div>
        <div className="flex justify-between gap-3">
          <dt>Placed</dt>
          <dd>
            <Instant at={order.placedAt} format="dayTime" />
          </dd>
        </div>
        {order.creditPart === null && paymentOf(order) === "done" && (
          <div className="flex justify-between gap-3">
            <dt>Paid</dt>
            <dd>{meansWords(paidBy)}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
