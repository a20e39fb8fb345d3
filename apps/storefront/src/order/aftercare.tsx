"use client";
/** What the customer can see to by themselves: where the order goes, what they send back, the receipt, the same once more. */
import type { Aftercare as AftercareNow, OrderPage } from "@tillstream/commerce";
import { Button, LinkButton } from "@tillstream/ui";
import { lazy, Suspense, useState } from "react";
import type { ReactNode } from "react";
import { addressLines } from "./address-lines.ts";
import type { OrderAccess } from "./order-stream.ts";
import { Reorder } from "./reorder.tsx";
import { receiptPage, returnable } from "./return-words.ts";
import { Returns } from "./returns.tsx";
import { isCancelling, paymentOf } from "./status-words.ts";

const AddressForm = lazy(() => import("./address-form.tsx").then((form) => ({ default: form.AddressForm })));
const ReturnForm = lazy(() => import("./return-form.tsx").then((form) => ({ default: form.ReturnForm })));

interface AftercareProps {
  readonly access: OrderAccess;
  readonly order: OrderPage;
  readonly aftercare: AftercareNow;
  /** Where parcels are sent back to. */
  readonly returnsAddress: string;
  /** Asks for the aftercare as it is now. */
  refetch(): Promise<unknown>;
}

export function Aftercare({ access, order, aftercare, returnsAddress, refetch }: AftercareProps) {
  const [form, setForm] = useState<"address" | "return">();
  const close = () => setForm(undefined);
  const isPaid = paymentOf(order) === "done" || paymentOf(order) === "undone";
  return (
    <>
      {order.status !== "cancelled" && (
        <GoesTo
          lines={addressLines(aftercare.address)}
          action={maySend(order) && <Button onClick={() => setForm("address")}>Correct the address</Button>}
        />
      )}
      <Returns
        access={access}
        order={order}
        aftercare={aftercare}
        returnsAddress={returnsAddress}
        onChanged={refetch}
        action={mayReturn(order, aftercare) && <Button onClick={() => setForm("return")}>Send something back</Button>}
      />
      {isPaid && (
        <div className="flex flex-wrap gap-3">
          <LinkButton href={receiptPage(access)}>Receipt to print</LinkButton>
          {order.status !== "cancelled" && <Reorder access={access} />}
        </div>
      )}
      <Suspense fallback={null}>
        {form === "address" && (
          <AddressForm
            access={access}
            aftercare={aftercare}
            over={maySend(order) ? undefined : tooLate(order)}
            onClose={close}
            onRefused={refetch}
            onDone={async () => {
              await refetch();
              close();
            }}
          />
        )}
        {form === "return" && (
          <ReturnForm
            access={access}
            order={order}
            aftercare={aftercare}
            onClose={close}
            onDone={async () => {
              await refetch();
              close();
            }}
          />
        )}
      </Suspense>
    </>
  );
}

/** Nothing has left, and something may. */
const maySend = (order: OrderPage): boolean =>
  !isCancelling(order) && order.steps.some(({ name, status }) => name === "shipped" && status === "pending");

const tooLate = ({ status }: OrderPage): string =>
  status === "shipped"
    ? "It has just left, so its address can no longer be corrected. Nothing that you typed was saved."
    : "Nothing will be sent any more, so there is no address to correct.";

const mayReturn = (order: OrderPage, { returnUntil, refundTo, returns }: AftercareNow): boolean =>
  order.status === "shipped" &&
  returnUntil !== null &&
  refundTo.length > 0 &&
  returnable(order, returns).some(({ left }) => left > 0);

function GoesTo({ lines, action }: { lines: readonly string[]; action: ReactNode }) {
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby="goes-to" className="rounded-lg bg-sunken p-6">
      <h2 id="goes-to" className="heading text-2xl">
        Where it goes
      </h2>
      <address className="mt-3 mb-4 not-italic last:mb-0">
        {lines.map((line) => (
          <span key={line} className="block">
            {line}
          </span>
        ))}
      </address>
      {action}
    </section>
  );
}
