import { audited, idempotentProcedure, procedureFor, router } from "@tillstream/trpc";
import { FOREIGN_CURSOR, identifier, explanation, version } from "@tillstream/trpc/input";
import { z } from "zod";
import { receive, shelfState } from "./receive.ts";
import { isStocked, listStock } from "./view.ts";

const PAGE_MAX = 200;
const REASON_MAX = 200;
/** Far above any delivery, far below what an integer column holds. */
const RECEIPT_MAX = 1_000_000;
const sku = identifier(64);

export const stockRouter = router({
  list: procedureFor("viewer")
    .input(
      z
        .strictObject({
          availableMax: z.int().min(0).max(RECEIPT_MAX).optional(),
          /** The sku of the last row of the page before. */
          cursor: sku.optional(),
          limit: z.int().min(1).max(PAGE_MAX).default(50),
        })
        .prefault({}),
    )
    .query(async ({ ctx, input }) => {
      const { availableMax, cursor: afterSku, limit } = input;
      if (afterSku !== undefined && !(await isStocked(ctx.db, afterSku))) throw FOREIGN_CURSOR;
      const rows = await listStock(ctx.db, { availableMax, afterSku, limit: limit + 1 });
      const items = rows.slice(0, limit);
      return { items, nextCursor: rows.length > limit ? (items.at(-1)?.sku ?? null) : null };
    }),

  receive: procedureFor("operator")
    .concat(idempotentProcedure)
    .input(
      z.strictObject({
        sku,
        quantity: z.int("a whole number").min(1, "at least 1").max(RECEIPT_MAX, `at most ${RECEIPT_MAX} at once`),
        reason: explanation(REASON_MAX, "enter where it came from"),
        /** The item's `version` that the page showed: at another one nothing is taken in. */
        expectedVersion: version.optional(),
      }),
    )
    .mutation(
      audited({
        about: (input) => ({ subject: input.sku, reason: input.reason }),
        state: (db, input) => shelfState(db, input.sku),
        work: receive,
      }),
    ),
});
