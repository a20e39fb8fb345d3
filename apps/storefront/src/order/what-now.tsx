"use client";
/** Below the headline: what it means for the shopper, and the way on. */
import type { Aftercare, OrderPage } from "@tillstream/commerce";
import { CopyButton, LinkButton, TextLink } from "@tillstream/ui";
import type { ReactNode } from "react";
import type { OrderAccess } from "./order-stream.ts";
import { Reorder } from "./reorder.tsx";
import {
  ATTENTION_TEXT,
  CANCELLING_TEXT,
  CONFIRMED_TEXT,
  isCancelling,
  isPaidBack,
  KEPT_TEXT,
  PAID_BACK_TEXT,
  PENDING_TEXT,
  reasonText,
  wasConfirmed,
} from "./status-words.ts";

interface OrderProps {
  readonly access: OrderAccess;
  readonly order: OrderPage;
}

export function WhatNow({ access, order, aftercare }: OrderProps & { aftercare: Aftercare }) {
  switch (order.status) {
    case "pending":
      return <Text>{PENDING_TEXT}</Text>;
    case "confirmed":
      return <Text>{isCancelling(order) ? CANCELLING_TEXT : CONFIRMED_TEXT}</Text>;
    case "shipped":
      if (isPaidBack(order)) return <AfterSale access={access} text={PAID_BACK_TEXT} />;
      return <Shipped tracking={order.tracking} url={aftercare.trackingUrl} />;
    case "attention":
      return <Text>{ATTENTION_TEXT}</Text>;
    case "cancelled":
      return wasConfirmed(order) ? (
        <AfterSale access={access} text={reasonText(order)} />
      ) : (
        <NeverSold order={order} paidSince={aftercare.paidSince} />
      );
  }
}

function Text({ children }: { children: ReactNode }) {
  return <p className="mt-3 text-lg text-ink-soft">{children}</p>;
}

function Shipped({ tracking, url }: Pick<OrderPage, "tracking"> & { url: string | null }) {
  if (tracking === null) return <Text>We hope it gives you joy.</Text>;
  return (
    <Text>
      {tracking.carrier} has it, and we hope it gives you joy. With this number you can follow it:{" "}
      <span className="figures whitespace-nowrap text-ink" data-testid="tracking-number">
        {tracking.trackingNumber}
      </span>{" "}
      <CopyButton text={tracking.trackingNumber} what="tracking number" />
      {url !== null && (
        <>
          {" "}
          <TextLink href={url}>Follow it at {tracking.carrier}</TextLink>
        </>
      )}
    </Text>
  );
}

/** The cart was kept for it: the way on is the way back, unless another order was made of it since. */
function NeverSold({ order, paidSince }: { order: OrderPage; paidSince: boolean }) {
  if (paidSince)
    return (
      <Text>{reasonText(order)} You ordered the same things again after this, so there is nothing left to do.</Text>
    );
  return (
    <>
      <Text>
        {reasonText(order)} {KEPT_TEXT}
      </Text>
      <LinkButton href="/checkout" variant="primary" className="mt-5">
        Back to checkout
      </LinkButton>
    </>
  );
}

function AfterSale({ access, text }: Pick<OrderProps, "access"> & { text: string }) {
  return (
    <>
      <Text>{text}</Text>
      <div className="mt-5">
        <Reorder access={access} variant="primary" />
      </div>
    </>
  );
}
