import { idempotentProcedure, procedureFor, requireUser, router, signedInProcedure } from "@tillstream/trpc";
import { identifier, instant, text, version } from "@tillstream/trpc/input";
import { listCursor, placeVersion } from "@tillstream/trpc/list-cursor";
import type { SessionUser } from "@tillstream/trpc";
import { refuse } from "@tillstream/eventing";
import { z } from "zod";
import { atMost } from "../catalogue/index.ts";
import { customerNames } from "../order/index.ts";
import { ACCOUNT_CURRENCY, OPERATION_AMOUNT_MAX } from "./account.ts";
import type { AccountCommand } from "./account.ts";
import { commandAccount, withPosition } from "./commands.ts";
import type { AccountAnswer } from "./commands.ts";
import { readForMerchant } from "./merchant-statement.ts";
import { accountsAbove } from "./projections/account-view.ts";
import { readStatement } from "./projections/account-statement.ts";
import { balanceAt, isIn, readBalance, readMonths } from "./queries.ts";

const PAGE_MAX = 200;
const MONTHS_MAX = 120;

/** What one operation may move. */
export const creditAmount = z.strictObject({
  amount: z
    .int("a whole number of minor units")
    .min(1, "at least 1")
    .max(OPERATION_AMOUNT_MAX, `${atMost(OPERATION_AMOUNT_MAX)} at once`),
  currency: text(3).length(3, "enter a currency of three letters"),
});

const amountInput = z.strictObject({
  amount: creditAmount,
  /** The account's version that the page showed: at another one nothing is moved. */
  expectedVersion: version.optional(),
});

/** The version that one has written or seen: the answer waits, within a bound, until it is in. */
const minVersion = version.optional();

const NOT_OPEN = refuse("notFound", "ACCOUNT_NOT_OPEN", "You have no store credit account yet. Open one first.");

const askedBalance = signedInProcedure.input(
  z.strictObject({ minPosition: z.int().min(0).optional(), minVersion }).prefault({}),
);

/** The version of the last line of the page before. */
const ownLines = listCursor("account.statement", placeVersion);

/** One account for each customer: its id is the customer's. */
const accountCommand = idempotentProcedure.use(requireUser);

async function carryOut(
  ctx: Parameters<typeof commandAccount>[0] & { readonly user: SessionUser },
  command: AccountCommand,
  input: { readonly expectedVersion?: number | undefined },
): Promise<AccountAnswer> {
  return withPosition(ctx.db, await commandAccount(ctx, ctx.user.id, command, input, input.expectedVersion));
}

export const accountRouter = router({
  open: accountCommand
    .input(z.strictObject({}).prefault({}))
    .mutation(({ ctx, input }) =>
      carryOut(ctx, { type: "open", accountId: ctx.user.id, currency: ACCOUNT_CURRENCY }, input),
    ),
  deposit: accountCommand
    .input(amountInput)
    .mutation(({ ctx, input }) => carryOut(ctx, { type: "deposit", ...input.amount }, input)),
  withdraw: accountCommand
    .input(amountInput)
    .mutation(({ ctx, input }) => carryOut(ctx, { type: "withdraw", ...input.amount }, input)),

  balance: askedBalance.query(async ({ ctx, input }) => {
    const balance = await readBalance(ctx.db, ctx.user.id, input);
    if (balance === undefined) throw NOT_OPEN;
    return balance;
  }),
  /** For those who do not know whether there is an account: none is null, and no failure. */
  balanceIfOpen: askedBalance.query(async ({ ctx, input }) => (await readBalance(ctx.db, ctx.user.id, input)) ?? null),

  balanceAt: signedInProcedure
    .input(z.strictObject({ at: instant }))
    .query(({ ctx, input }) => balanceAt(ctx.db, ctx.user.id, new Date(input.at), ACCOUNT_CURRENCY)),

  statement: signedInProcedure
    .input(
      z
        .strictObject({
          cursor: ownLines.input.optional(),
          limit: z.int().min(1).max(PAGE_MAX).default(50),
          minVersion,
        })
        .prefault({}),
    )
    .query(async ({ ctx, input }) => {
      const list = { accountId: ctx.user.id };
      const [beforeVersion] = ownLines.placeIn(list, input.cursor) ?? [];
      const upToDate = await isIn(ctx.db, "account_statement", ctx.user.id, input.minVersion);
      const lines = await readStatement(ctx.db, ctx.user.id, { beforeVersion, limit: input.limit + 1 });
      const items = lines.slice(0, input.limit).map(({ amount, balance, currency, ...line }) => ({
        ...line,
        amount: { amount, currency },
        balance: { amount: balance, currency },
      }));
      const last = lines.length > input.limit ? items.at(-1) : undefined;
      return { items, nextCursor: ownLines.after(list, last && [last.version]), upToDate };
    }),

  months: signedInProcedure
    .input(z.strictObject({ months: z.int().min(1).max(MONTHS_MAX).default(12), minVersion }).prefault({}))
    .query(async ({ ctx, input }) => {
      const upToDate = await isIn(ctx.db, "account_monthly", ctx.user.id, input.minVersion);
      return { currency: ACCOUNT_CURRENCY, items: await readMonths(ctx.db, ctx.user.id, input.months), upToDate };
    }),
});

/** Balance and id of the last account. */
const accountPages = listCursor("accounts.search", z.int(), identifier(100));
/** The version of the last line of the page before. */
const lines = listCursor("accounts.statement", placeVersion);

/** The merchant's side. */
export const adminAccountsRouter = router({
  search: procedureFor("viewer")
    .input(
      z
        .strictObject({
          /** Minor units. */
          minBalance: z.int().min(0).default(0),
          cursor: accountPages.input.optional(),
          limit: z.int().min(1).max(PAGE_MAX).default(50),
        })
        .prefault({}),
    )
    .query(async ({ ctx, input: { cursor, limit, minBalance } }) => {
      const [balance, accountId] = accountPages.placeIn({ minBalance }, cursor) ?? [];
      const after = balance !== undefined && accountId !== undefined ? { balance, accountId } : undefined;
      const rows = await accountsAbove(ctx.db, { minBalance, after, limit: limit + 1 });
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      const names = await customerNames(
        ctx.db,
        items.map((account) => account.accountId),
      );
      return {
        /** `holder`: by name or e-mail address; null for who was forgotten. */
        items: items.map((account) => ({ ...account, holder: names.get(account.accountId) ?? null })),
        nextCursor: accountPages.after({ minBalance }, last && [last.balance, last.accountId]),
      };
    }),

  /** Each movement of a customer's store credit, with who made it; empty for an account that is not open. */
  statement: procedureFor("viewer")
    .input(
      z.strictObject({
        accountId: identifier(200),
        cursor: lines.input.optional(),
        limit: z.int().min(1).max(PAGE_MAX).default(50),
        minVersion,
      }),
    )
    .query(async ({ ctx, input: { accountId, cursor, limit, minVersion: needed } }) => {
      const [beforeVersion] = lines.placeIn({ accountId }, cursor) ?? [];
      const upToDate = await isIn(ctx.db, "account_statement", accountId, needed);
      const rows = await readForMerchant(ctx.db, accountId, { beforeVersion, limit: limit + 1 });
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return { items, nextCursor: lines.after({ accountId }, last && [last.version]), upToDate };
    }),
});
