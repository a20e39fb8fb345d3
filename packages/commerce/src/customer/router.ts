/** The shopper's side: their name, address and password are theirs to change, and the account to delete. */
import type { PersonalData } from "@tillstream/eventing";
import {
  commandContext,
  ownPassword,
  provePassword,
  readEmailChange,
  router,
  signEmailChange,
  signedInProcedure,
} from "@tillstream/trpc";
import { email, identifier, nothing, personName, text } from "@tillstream/trpc/input";
import { z } from "zod";
import { shippingAddress } from "../checkout/index.ts";
import { listAddresses, removeAddress, saveAddress } from "./addresses.ts";
import { addressOf, confirmEmailChange, requestEmailChange } from "./change-email.ts";
import { eraseCustomer } from "./erase.ts";
import { readProfile, renameProfile } from "./profile.ts";
import { subjectOf } from "./subject.ts";
import { countUnderWay, creditOf } from "./what-stays.ts";

const link = z.strictObject({ token: text(1_000) });

/** @param personalData what the modules keep of persons */
export function profileRouter(personalData: readonly PersonalData[]) {
  return router({
    get: signedInProcedure.input(nothing).query(({ ctx }) => readProfile(ctx.db, ctx.user.id)),

    update: signedInProcedure
      .input(z.strictObject({ name: personName }))
      .mutation(({ ctx, input }) => renameProfile(ctx.db, ctx.user.id, input.name)),

    /** A mail to the new address has the link that changes it. */
    changeEmail: signedInProcedure
      .input(z.strictObject({ email, password: ownPassword }))
      .mutation(async ({ ctx, input }) => {
        const passwordDigest = await provePassword(ctx, input.password);
        const { id: userId, email: from } = ctx.user;
        const wanted = { userId, from, to: input.email.toLowerCase(), passwordDigest };
        return requestEmailChange(ctx, wanted, (...change) => signEmailChange(ctx.secret, ...change));
      }),

    /** The address that a link changes to; null for a link that is over or another's. */
    newEmail: signedInProcedure.input(link).query(async ({ ctx: { db, secret, user }, input }) => ({
      email: await addressOf(db, user.id, await readEmailChange(input.token, secret)),
    })),

    confirmEmail: signedInProcedure
      .input(link)
      .mutation(async ({ ctx, input }) =>
        confirmEmailChange(ctx, ctx.user.id, await readEmailChange(input.token, ctx.secret)),
      ),

    /** What a deletion would wait for, and what would be lost. */
    beforeErasure: signedInProcedure.input(nothing).query(async ({ ctx }) => {
      const { aggregateIds = [] } = (await subjectOf(ctx.db, ctx.user.id)) ?? {};
      return { underWay: await countUnderWay(ctx.db, aggregateIds), credit: await creditOf(ctx.db, ctx.user.id) };
    }),

    /** Cannot be undone. */
    erase: signedInProcedure.input(z.strictObject({ password: ownPassword })).mutation(async ({ ctx, input }) => {
      await provePassword(ctx, input.password);
      const { waitingFor } = await ctx.db.transaction((db) =>
        eraseCustomer({ ...commandContext(ctx), db }, ctx.user.id, personalData),
      );
      ctx.hintOutbox();
      return { waitingFor };
    }),
  });
}

export const addressesRouter = router({
  list: signedInProcedure
    .input(nothing)
    .query(async ({ ctx }) => ({ items: await listAddresses(ctx.db, ctx.user.id) })),

  save: signedInProcedure
    .input(
      z.strictObject({
        /** Of the one to change; absent for a new one. */
        id: identifier(100).optional(),
        address: shippingAddress,
        /** Orders go there by default from now on. */
        isDefault: z.boolean().optional(),
      }),
    )
    .mutation(async ({ ctx, input }) => ({ items: await saveAddress(ctx, ctx.user.id, input) })),

  remove: signedInProcedure
    .input(z.strictObject({ id: identifier(100) }))
    .mutation(async ({ ctx, input }) => ({ items: await removeAddress(ctx.db, ctx.user.id, input.id) })),
});
