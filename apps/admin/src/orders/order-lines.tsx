/** What was bought, with what the total is made of, and what was paid back of it in parts. */
import { priceRows } from "@tillstream/commerce/price-rows";
import { formatMoney, Instant, Money, Panel, StatusBadge, Table, TBody, Td, Th, THead, Tr } from "@tillstream/ui";
import type { ReactNode } from "react";
import { actorWords } from "../console/actor-words.ts";
import type { Outputs } from "../console/trpc.ts";
import { paidParts, refundable, refundTarget, type Order } from "./order-state.ts";

type RefundedBy = Outputs["orders"]["byId"]["refundedBy"];

interface OrderLinesProps {
  readonly order: Order;
  readonly refundedBy: RefundedBy;
  readonly actions: ReactNode;
}

export function OrderLines({ order, refundedBy, actions }: OrderLinesProps) {
  return (
    <Panel title="Lines" flush actions={actions}>
      <div className="px-4 pb-4">
        <Table label="Lines of the order" density="reading">
          <THead>
            <Tr>
              <Th className="w-full">Product</Th>
              <Th>SKU</Th>
              <Th numeric>Each</Th>
              <Th numeric>Qty</Th>
              <Th numeric>Amount</Th>
            </Tr>
          </THead>
          <TBody>
            {refundable(order).map((line) => (
              <Tr key={line.sku}>
                <Td>
                  {line.name}
                  {line.refunded > 0 && <span className="block text-sm text-muted">{line.refunded} refunded</span>}
                </Td>
                <Td mono>{line.sku}</Td>
                <Td numeric label="Each">
                  <Money value={line.unitPrice} />
                </Td>
                <Td numeric label="Qty">
                  {line.quantity}
                </Td>
                <Td numeric label="Amount">
                  <Money value={line.lineTotal} />
                </Td>
              </Tr>
            ))}
          </TBody>
          <tfoot>
            {priceRows(order.price).map(({ kind, label, amount, included }) => (
              <SumRow key={kind} testId={`price-${kind}`} label={label} amount={amount} isBeside={included} />
            ))}
            <tr>
              <th scope="row" className="h-11 border-t border-line px-3 text-left font-semibold">
                Total
              </th>
              <td colSpan={4} className="figures border-t border-line px-3 text-right font-semibold">
                <Money value={order.total} />
              </td>
            </tr>
            {paidParts(order).map(({ label, amount }) => (
              <SumRow key={label} label={label} amount={amount} isBeside />
            ))}
          </tfoot>
        </Table>
        {order.refunds.length > 0 && <Refunds refunds={order.refunds} by={refundedBy} />}
      </div>
    </Panel>
  );
}

interface SumRowProps {
  readonly label: string;
  readonly amount: Order["total"];
  /** Says more of a sum that stands in another row. */
  readonly isBeside: boolean;
  readonly testId?: string;
}

function SumRow({ label, amount, isBeside, testId }: SumRowProps) {
  return (
    <tr data-testid={testId} className={isBeside ? "text-muted" : undefined}>
      <th scope="row" className="px-3 py-1.5 text-left font-normal">
        {label}
      </th>
      <td colSpan={4} className="figures px-3 py-1.5 text-right">
        <Money value={amount} />
      </td>
    </tr>
  );
}

function Refunds({ refunds, by }: Pick<Order, "refunds"> & { by: RefundedBy }) {
  const whoOf = (id: string) => by.find(({ refundId }) => refundId === id);
  return (
    <>
      <h3 className="heading mt-4 mb-1">Refunded in parts</h3>
      <ul aria-label="Refunds of parts">
        {refunds.map(({ refundId, lines, amount, to, creditPart, requestedAt, completedAt }) => (
          <li
            key={refundId}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line py-2 last:border-b-0"
          >
            <span>
              {lines.map(({ name, quantity }) => `${quantity} x ${name}`).join(", ")}
              <span className="block text-sm text-muted">
                {refundTarget[to]}
                {creditPart !== null && `, ${formatMoney(creditPart)} of it as store credit`},{" "}
                <Instant at={completedAt ?? requestedAt} format="precise" />
              </span>
              <AskedBy who={whoOf(refundId)} />
            </span>
            <span className="flex items-center gap-3">
              <StatusBadge status={completedAt === null ? "waiting" : "done"}>
                {completedAt === null ? "on its way" : "refunded"}
              </StatusBadge>
              <Money value={amount} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Nothing until the event is there; the read model may be a moment ahead of it. */
function AskedBy({ who }: { who: RefundedBy[number] | undefined }) {
  if (who === undefined) return null;
  return (
    <span className="block text-sm break-words">
      <span className="text-muted">{actorWords(who.actor, who.actorName)}:</span> {who.reason}
    </span>
  );
}
