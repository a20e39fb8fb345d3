"use client";
/** A link that used to work. Its holder may have a new one sent, to the address of the order only. */
import { isUnsettled, useCommand } from "@tillstream/trpc/commands";
import { Button, shopMeasure, TextLink } from "@tillstream/ui";
import { useEffect, useRef } from "react";
import { send } from "../shop/calls.ts";
import { Unsettled } from "../shop/unsettled.tsx";

interface Access {
  readonly orderId: string;
  readonly accessToken: string;
}

export function ExpiredLink({ access }: { access: Access }) {
  const asking = useCommand({
    name: "orders.sendLink",
    subject: access.orderId,
    send: (input: { orderId: string }, call) => send("orders", "sendLink", { ...access, ...input }, call),
  });
  const done = useRef<HTMLParagraphElement>(null);
  useEffect(() => done.current?.focus(), [asking.state]);
  return (
    <div className={`${shopMeasure} pt-14 md:pt-20`}>
      <div className="mx-auto max-w-lg">
        <h1 className="heading text-4xl">This link has expired</h1>
        <p className="mt-4 mb-8 text-ink-soft">
          Links to orders end after a while, so that an old mail does not open them for ever. Your order is safe.
        </p>
        {asking.state === "done" ? (
          <p ref={done} tabIndex={-1} className="rounded-lg bg-sunken p-6 outline-none">
            A new link is on the way to the address that the order was placed with. It may take a minute.
          </p>
        ) : isUnsettled(asking) ? (
          <Unsettled whether="your request went through" command={asking} />
        ) : (
          <Button
            variant="primary"
            size="lg"
            loading={asking.state === "sending"}
            onClick={() => void asking.run({ orderId: access.orderId })}
          >
            Send me a new link
          </Button>
        )}
        {asking.state === "refused" && (
          <p role="alert" className="mt-4 text-failed">
            {asking.failure?.message}
          </p>
        )}
        <p className="mt-6 text-muted">
          No longer your address? <TextLink href="/login">Sign in</TextLink>, if you ordered while signed in.
        </p>
      </div>
    </div>
  );
}
