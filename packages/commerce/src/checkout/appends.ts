/** What the processes of an order append, as the map of the system has it. */
import {
  AccountCreated,
  CreditRefunded,
  HoldCaptured,
  HoldPlaced,
  HoldReleased,
  RefundCredited,
} from "../account/index.ts";
import {
  AttentionResolved,
  OrderCancelled,
  OrderConfirmed,
  OrderNeedsAttention,
  PaymentAuthorized,
  PaymentCaptured,
  PaymentRefunded,
  PaymentVoided,
  RefundCompleted,
  StockReleased,
  StockReserved,
} from "../order/index.ts";

/** By card or by store credit. */
const PAYING = [PaymentAuthorized, PaymentCaptured, HoldPlaced, HoldCaptured] as const;
export const REFUNDING = [PaymentRefunded, PaymentVoided, HoldReleased, CreditRefunded] as const;
/** Of a part of an order, whose account is opened if need be. */
const REFUNDING_PARTS = [RefundCompleted, RefundCredited, AccountCreated] as const;
export const AFTER_THE_SALE = [...REFUNDING, ...REFUNDING_PARTS] as const;
const ATTENTION = [OrderNeedsAttention, AttentionResolved] as const;
export const CANCELLING = [...REFUNDING, StockReleased, OrderCancelled, ...ATTENTION] as const;
export const CHECKING_OUT = [...PAYING, StockReserved, OrderConfirmed, ...CANCELLING] as const;
