import { audited, procedureFor, router } from "@tillstream/trpc";
import { explanation, identifier, instant } from "@tillstream/trpc/input";
import { listCursor } from "@tillstream/trpc/list-cursor";
import { z } from "zod";
import { atMost } from "../catalogue/index.ts";
import { createDiscount, discountState, endDiscount, listDiscounts } from "./codes.ts";

const PAGE_MAX = 200;
const CODE_MAX = 40;
const PERCENT_MAX = 100;
/** In minor units: no order costs more. */
const AMOUNT_MAX = 100_000_000;
const USES_MAX = 10_000_000;
const USES_PER_CUSTOMER_MAX = 3;

const code = identifier(CODE_MAX).regex(
  /^[A-Z0-9]+(-[A-Z0-9]+)*$/,
  "capital letters, digits and single dashes, such as SPRING-10",
);
const atLeastOne = (max: number) => z.int("a whole number").min(1, "at least 1").max(max, `at most ${max}`);

const newDiscount = z
  .strictObject({
    code,
    kind: z.enum(["percent", "amount"]),
    /** Percent, or minor units. */
    value: z.int("a whole number").min(1, "at least 1").max(AMOUNT_MAX, atMost(AMOUNT_MAX)),
    /** Minor units of goods. */
    minimum: z.int("a whole number").min(0, "at least 0").max(AMOUNT_MAX, atMost(AMOUNT_MAX)).default(0),
    usesMax: atLeastOne(USES_MAX).nullable().default(null),
    usesPerCustomerMax: atLeastOne(USES_PER_CUSTOMER_MAX).default(1),
    startsAt: instant.optional(),
    endsAt: instant.nullable().default(null),
    reason: explanation(),
  })
  .check(({ value, issues }) => {
    const problem = (path: string, message: string) =>
      issues.push({ code: "custom", input: value, path: [path], params: { rule: message }, message });
    if (value.kind === "percent" && value.value > PERCENT_MAX) problem("value", `at most ${PERCENT_MAX} percent`);
    if (value.endsAt !== null && value.startsAt !== undefined && value.endsAt <= value.startsAt)
      problem("endsAt", "after the start");
  });

/** Of the last code of the page before. */
const pages = listCursor("discounts.list", instant, code);

export const discountsRouter = router({
  /** The newest first. */
  list: procedureFor("viewer")
    .input(
      z
        .strictObject({
          cursor: pages.input.optional(),
          limit: z.int().min(1).max(PAGE_MAX).default(50),
        })
        .prefault({}),
    )
    .query(async ({ ctx, input: { cursor, limit } }) => {
      const rows = await listDiscounts(ctx.db, pages.placeIn({}, cursor), limit + 1);
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return { items, nextCursor: pages.after({}, last && [last.createdAt.toISOString(), last.code]) };
    }),

  create: procedureFor("operator")
    .input(newDiscount)
    .mutation(
      audited({
        about: (input) => ({ subject: input.code, reason: input.reason }),
        state: (db, input) => discountState(db, input.code),
        work: ({ db }, { reason: _reason, ...wanted }) => createDiscount(db, wanted),
      }),
    ),

  /** `endsAt` null lets an ended code go on. */
  setEnd: procedureFor("operator")
    .input(
      z.strictObject({
        code,
        endsAt: instant.nullable(),
        /** The end that the page showed: if it has another one, nothing is changed. */
        expectedEndsAt: instant.nullable().optional(),
        reason: explanation(),
      }),
    )
    .mutation(
      audited({
        about: (input) => ({ subject: input.code, reason: input.reason }),
        state: (db, input) => discountState(db, input.code),
        work: ({ db }, input) => endDiscount(db, input),
      }),
    ),
});
