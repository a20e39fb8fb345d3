/** What is kept of persons goes when its time is over, whether they ask or not. */
import type { SqlExecutor } from "@tillstream/runtime";
import { pruneCarts } from "../cart/index.ts";
import { pruneMails } from "../mail/index.ts";
import { forgetOldOrders } from "../order/index.ts";
import { pruneSessions } from "./personal-data.ts";

export interface PersonalRetention {
  readonly mailDays: number;
  /** After the end of an order, of what it says of a person. */
  readonly orderDetailsDays: number;
}

export function personalRetention({
  mailDays,
  orderDetailsDays,
}: PersonalRetention): readonly ((db: SqlExecutor) => Promise<number>)[] {
  return [pruneCarts, pruneSessions, (db) => pruneMails(db, mailDays), (db) => forgetOldOrders(db, orderDetailsDays)];
}
