import { refuse } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import { router, signedInProcedure } from "@tillstream/trpc";
import { nothing, personName } from "@tillstream/trpc/input";
import { z } from "zod";

interface Profile {
  readonly name: string;
  readonly email: string;
}

const NOT_FOUND = refuse("notFound", "PROFILE_NOT_FOUND", "This login has no profile.");

/** Plain CRUD: an UPDATE is the whole feature (docs/adr/0007). The login goes by the same name. */
export const profileRouter = router({
  get: signedInProcedure.input(nothing).query(async ({ ctx }) => {
    const [profile] = await ctx.db.query<Profile>(sql`SELECT name, email FROM customers WHERE id = ${ctx.user.id}`);
    if (profile === undefined) throw NOT_FOUND;
    return profile;
  }),

  update: signedInProcedure.input(z.strictObject({ name: personName })).mutation(async ({ ctx, input }) => {
    const [profile] = await ctx.db.query<Profile>(sql`
        WITH customer AS (UPDATE customers SET name = ${input.name} WHERE id = ${ctx.user.id} RETURNING user_id, name, email),
          login AS (UPDATE auth_users SET name = customer.name, updated_at = now() FROM customer WHERE id = customer.user_id)
        SELECT name, email FROM customer`);
    if (profile === undefined) throw NOT_FOUND;
    return profile;
  }),
});
