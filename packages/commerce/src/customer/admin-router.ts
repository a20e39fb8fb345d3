/** The console's side: finds customers, hands out what is kept of one, and forgets one. */
import { recordAudit } from "@tillstream/eventing";
import type { DataSubject, PersonalData } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { actorOf, audited, idempotentProcedure, procedureFor, router } from "@tillstream/trpc";
import { identifier, line, reason, version } from "@tillstream/trpc/input";
import { FOREIGN_CURSOR, listCursor } from "@tillstream/trpc/list-cursor";
import type { Context } from "@tillstream/trpc";
import { z } from "zod";
import { creditAmount, creditState } from "../account/index.ts";
import { SEARCH_LENGTH_MAX, detailsOf, withoutCustomers, withoutWords } from "../order/index.ts";
import { credit } from "./credit.ts";
import { eraseCustomer, NO_CUSTOMER, readErasure } from "./erase.ts";
import { listCustomers } from "./list.ts";
import type { CustomerRow } from "./list.ts";
import { subjectOf } from "./subject.ts";
import { countUnderWay, creditOf } from "./what-stays.ts";

const PAGE_MAX = 100;
const ABOUT_EXPORT =
  "Everything that the shop keeps of this customer. Amounts are in the smallest unit of their currency, such as cents; times are in UTC. Orders that were placed as a guest with this e-mail address are among them: look whether all are theirs before you hand it over.";
const customerId = identifier(200);
const person = z.strictObject({ customerId });
/** The id of the last customer of the page before. */
const pages = listCursor("customers.list", customerId);

/** @param personalData what the modules keep of persons */
export function customersRouter(personalData: readonly PersonalData[]) {
  return router({
    list: procedureFor("viewer")
      .input(
        z
          .strictObject({
            /** An e-mail address, a name, an order's number, or an id. */
            search: line(SEARCH_LENGTH_MAX).min(1).optional(),
            cursor: pages.input.optional(),
            limit: z.int().min(1).max(PAGE_MAX).default(50),
          })
          .prefault({}),
      )
      .query(async ({ ctx, input: { search, cursor, limit } }) => {
        const [after] = pages.placeIn({ search }, cursor) ?? [];
        const rows = await listCustomers(ctx.db, { search, after, limit: limit + 1 });
        if (rows === undefined) throw FOREIGN_CURSOR;
        const items = rows.slice(0, limit);
        const last = rows.length > limit ? items.at(-1) : undefined;
        return { items: items.map(toItem), nextCursor: pages.after({ search }, last && [last.customerId]) };
      }),

    /** How much is kept about a customer, and the state of their erasure. */
    byId: procedureFor("viewer")
      .input(person)
      .query(async ({ ctx, input }) => {
        const subject = await subjectOf(ctx.db, input.customerId);
        const erasure = await readErasure(ctx.db, input.customerId);
        if (subject === undefined && erasure === undefined) throw NO_CUSTOMER;
        const [row] = subject ? ((await listCustomers(ctx.db, { search: input.customerId, limit: 1 })) ?? []) : [];
        return {
          customer: row === undefined ? null : toItem(row),
          kept: subject === undefined ? {} : await countKept(ctx, subject, personalData),
          /** Orders that an erasure would wait for. */
          underWay: subject === undefined ? 0 : await countUnderWay(ctx.db, subject.aggregateIds),
          credit: await creditOf(ctx.db, input.customerId),
          erasure: erasure ?? null,
        };
      }),

    /** Everything that is kept of the customer, by what it is. Its answer is kept nowhere; that it was given is in the audit. */
    export: procedureFor("admin")
      .meta({ costs: true })
      .input(person)
      .query(async ({ ctx, input, path }) => {
        const subject = await subjectOf(ctx.db, input.customerId);
        if (subject === undefined) throw NO_CUSTOMER;
        const data: Record<string, readonly unknown[]> = {};
        for (const { name, find } of personalData) data[name] = await find(ctx.db, subject, ctx.keyring);
        const handedOut = { rows: Object.fromEntries(Object.entries(data).map(([name, rows]) => [name, rows.length])) };
        const about = {
          action: path,
          subject: input.customerId,
          reason: "all that is kept of the customer was handed out",
        };
        const change = { ...about, actor: actorOf(ctx), correlationId: ctx.correlationId };
        await recordAudit(ctx.db, { ...change, before: null, after: handedOut });
        return { customerId: input.customerId, about: ABOUT_EXPORT, exportedAt: ctx.clock.now().toISOString(), data };
      }),

    /** Store credit that the shop gives, such as for a parcel that came late. */
    credit: procedureFor("operator")
      .concat(idempotentProcedure)
      .input(z.strictObject({ customerId, amount: creditAmount, reason, expectedVersion: version.optional() }))
      .mutation(
        audited({
          redact: withoutPerson,
          about: (input) => ({ subject: input.customerId, reason: input.reason }),
          state: (db, input) => creditState(db, input.customerId),
          work: credit,
        }),
      ),

    /** Cannot be undone. */
    erase: procedureFor("admin")
      .concat(idempotentProcedure)
      .input(z.strictObject({ customerId, reason }))
      .mutation(
        audited({
          redact: withoutPerson,
          about: (input) => ({ subject: input.customerId, reason: input.reason }),
          state: async (db, input) => (await readErasure(db, input.customerId)) ?? null,
          work: async (ctx, input) => ({
            customerId: input.customerId,
            ...(await eraseCustomer(ctx, input.customerId, personalData)),
          }),
        }),
      ),
  });
}

/** What is said about a customer is kept for good, without them. */
async function withoutPerson<Input extends { readonly customerId: string; readonly reason: string }>(
  db: SqlExecutor,
  input: Input,
): Promise<Input> {
  const { aggregateIds = [] } = (await subjectOf(db, input.customerId)) ?? {};
  const theirs = sql`id = ANY(${aggregateIds}::text[])`;
  const [profile] = await db.query<{ name: string }>(sql`SELECT name FROM customers WHERE id = ${input.customerId}`);
  const names = detailsOf("name", profile?.name ?? "");
  return { ...input, reason: withoutWords(await withoutCustomers(db, theirs, input.reason), names) };
}

const toItem = ({ since, lastOrderAt, ...row }: CustomerRow) => ({
  ...row,
  since: since.toISOString(),
  lastOrderAt: lastOrderAt?.toISOString() ?? null,
});

async function countKept(
  { db, keyring }: Context,
  subject: DataSubject,
  personalData: readonly PersonalData[],
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name, find } of personalData) counts[name] = (await find(db, subject, keyring)).length;
  return counts;
}
