import { refuse } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import { line, nothing, router, signedInProcedure, toTrpcError } from "@tillstream/trpc";
import { z } from "zod";

const NAME_LENGTH_MAX = 200;

interface Profile {
  readonly name: string;
  readonly email: string;
}

const NOT_FOUND = refuse("notFound", "PROFILE_NOT_FOUND", "There is no profile for this login.");

/** Plain CRUD: an UPDATE is the whole feature (docs/adr/0007). */
export const profileRouter = router({
  get: signedInProcedure.input(nothing).query(async ({ ctx }) => {
    const [profile] = await ctx.reads.query<Profile>(sql`SELECT name, email FROM customers WHERE id = ${ctx.user.id}`);
    if (profile === undefined) throw toTrpcError(NOT_FOUND);
    return profile;
  }),

  update: signedInProcedure
    .input(z.strictObject({ name: line(NAME_LENGTH_MAX).min(1, "name is required") }))
    .mutation(async ({ ctx, input }) => {
      const [profile] = await ctx.db.query<Profile>(sql`
        UPDATE customers SET name = ${input.name} WHERE id = ${ctx.user.id} RETURNING name, email`);
      if (profile === undefined) throw toTrpcError(NOT_FOUND);
      return profile;
    }),
});
