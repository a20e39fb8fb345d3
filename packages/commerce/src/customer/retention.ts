/** What is kept of persons goes when its time is over, whether they ask or not. */
import type { SqlExecutor } from "@tillstream/runtime";
import { pruneCarts } from "../cart/index.ts";
import { pruneMails } from "../mail/index.ts";
import { forgetOldOrders } from "../order/index.ts";
import { pruneSessions, pruneUnconfirmed } from "./personal-data.ts";

export interface PersonalRetention {
  readonly mailDays: number;
  /** After the end of an order, of what it says of a person. */
  readonly orderDetailsDays: number;
  /** Whether new accounts are confirmed at all: without, one that is not says nothing. */
  readonly mailsConfirm: boolean;
}

export function personalRetention({
  mailDays,
  orderDetailsDays,
  mailsConfirm,
}: PersonalRetention): readonly ((db: SqlExecutor) => Promise<number>)[] {
  return [
    pruneCarts,
    pruneSessions,
    ...(mailsConfirm ? [pruneUnconfirmed] : []),
    (db) => pruneMails(db, mailDays),
    (db) => forgetOldOrders(db, orderDetailsDays),
  ];
}
