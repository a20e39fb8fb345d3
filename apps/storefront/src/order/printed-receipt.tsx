/** The receipt on paper: who sold what to whom, for how much, with which tax, and what was paid back. */
import type { Aftercare, OrderPage } from "@tillstream/commerce";
import { priceRows } from "@tillstream/commerce/price-rows";
import { formatInstant, formatMoney } from "@tillstream/ui";
import { addressLines } from "./address-lines.ts";
import type { OrderAccess } from "./order-stream.ts";
import { orderPage } from "./return-words.ts";
import { PrintPage } from "./print-page.tsx";
import { afterRefunds, paidWords, receiptWords, refundWords, unpaidWords } from "./receipt-words.ts";
import { paymentOf } from "./status-words.ts";

interface PrintedReceiptProps {
  readonly access: OrderAccess;
  readonly order: OrderPage;
  readonly aftercare: Aftercare;
  readonly shopAddress: string;
}

export function PrintedReceipt({ access, order, aftercare, shopAddress }: PrintedReceiptProps) {
  const isPaid = paymentOf(order) === "done" || paymentOf(order) === "undone";
  const { total, parts } = receiptWords(order);
  const billed = addressLines(aftercare.address);
  return (
    <PrintPage back={orderPage(access)}>
      <article className="grid gap-6">
        <header className="flex flex-wrap justify-between gap-x-8 gap-y-4">
          <div>
            <h1 className="heading text-3xl">
              {isPaid ? "Receipt" : order.status === "cancelled" ? "No receipt" : "No receipt yet"}
            </h1>
            <p className="mt-1">{shopAddress}</p>
          </div>
          <dl className="grid grid-cols-[auto_auto] content-start gap-x-4 text-sm">
            <dt className="text-muted">Number</dt>
            <dd className="figures">{order.number}</dd>
            <dt className="text-muted">Date</dt>
            <dd className="figures">{formatInstant(new Date(order.placedAt), "day", "UTC")}</dd>
          </dl>
        </header>
        {!isPaid && <p>{unpaidWords(order)}</p>}
        {isPaid && (
          <>
            {billed.length > 0 && (
              <section aria-label="Delivery address" className="text-sm">
                <h2 className="text-muted">Delivery address</h2>
                <address className="not-italic">
                  {billed.map((line) => (
                    <span key={line} className="block">
                      {line}
                    </span>
                  ))}
                </address>
              </section>
            )}
            <table className="w-full text-left">
              <thead className="text-sm text-muted">
                <tr className="border-b border-line-strong">
                  <th className="py-2 font-normal">Item</th>
                  <th className="py-2 pl-3 text-right font-normal">Each</th>
                  <th className="py-2 pl-3 text-right font-normal">Pieces</th>
                  <th className="py-2 pl-3 text-right font-normal">Amount</th>
                </tr>
              </thead>
              <tbody>
                {order.lines.map(({ sku, name, unitPrice, quantity, lineTotal }) => (
                  <tr key={sku} className="break-inside-avoid border-b border-line align-top">
                    <td className="py-2">{name}</td>
                    <td className="figures py-2 pl-3 text-right">{formatMoney(unitPrice)}</td>
                    <td className="figures py-2 pl-3 text-right">{quantity}</td>
                    <td className="figures py-2 pl-3 text-right">{formatMoney(lineTotal)}</td>
                  </tr>
                ))}
              </tbody>
              <tfoot>
                {totalled(order).map(({ label, amount, isTotal, isFree }) => (
                  <tr key={label} className={isTotal ? "border-t border-line-strong font-medium" : undefined}>
                    <th scope="row" colSpan={3} className={isTotal ? "py-1 font-medium" : "py-1 font-normal"}>
                      {label}
                    </th>
                    <td className="figures py-1 pl-3 text-right">{isFree ? "Free" : formatMoney(amount)}</td>
                  </tr>
                ))}
              </tfoot>
            </table>
            <p>
              {paidWords(order, aftercare)}
              {order.status === "cancelled" && ` ${[total, parts].filter(Boolean).join(": ")}.`}
            </p>
            {order.refunds.length > 0 && (
              <ul aria-label="Refunds" className="text-sm">
                {order.refunds.map((refund) => (
                  <li key={refund.refundId}>{refundWords(refund)}</li>
                ))}
              </ul>
            )}
          </>
        )}
      </article>
    </PrintPage>
  );
}

/** The total among the rows of the price: below it what is in it, and what is left of it after refunds. */
function totalled(order: OrderPage) {
  const { price } = order;
  const rows = priceRows(price).map((row) => ({
    ...row,
    isTotal: false,
    isFree: row.kind === "delivery" && row.amount.amount === 0,
  }));
  const total = { label: "Total", amount: price.total, isTotal: true, isFree: false };
  return [
    ...rows.filter(({ included }) => !included),
    total,
    ...rows.filter(({ included }) => included),
    ...afterRefunds(order).map(({ as, ...row }) => ({ ...row, isTotal: as === "total", isFree: false })),
  ];
}
