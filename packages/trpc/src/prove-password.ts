/** For what a session alone must not do, since somebody else may have it: its owner types the password once more. */
import { createHash } from "node:crypto";
import { refuse } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import { verifyPassword } from "better-auth/crypto";
import { z } from "zod";
import type { Context, SessionUser } from "./context.ts";
import { assertWithinLimit, giveBack } from "./rate-limit.ts";
import { PASSWORD_LENGTH_MAX } from "./sign-in-rules.ts";

/** As it was typed, to its last space. */
export const ownPassword = z
  .string()
  .min(1, "enter your password")
  .max(PASSWORD_LENGTH_MAX, `at most ${PASSWORD_LENGTH_MAX} characters`);

const MESSAGE = "This is not the password of your account.";
const WRONG = refuse("invalid", "WRONG_PASSWORD", MESSAGE, {
  fields: [{ field: "password", rule: "own password", message: MESSAGE }],
});

/** Resolves to a digest of what the password is kept as, by which a later step knows that it is still the same. Guesses are limited as at the sign-in. */
export async function provePassword(
  { db, cache, limits, user }: Pick<Context, "db" | "cache" | "limits"> & { readonly user: SessionUser },
  password: string,
): Promise<string> {
  const subject = `password of ${user.id}`;
  await assertWithinLimit({ db, cache }, limits.signInAccount, subject);
  const [kept] = await db.query<{ hash: string }>(sql`
    SELECT password AS hash FROM auth_credentials
    WHERE user_id = ${user.id} AND provider_id = 'credential' AND password IS NOT NULL`);
  if (kept === undefined || !(await verifyPassword({ hash: kept.hash, password }))) throw WRONG;
  await giveBack({ db, cache }, limits.signInAccount, subject);
  return createHash("sha256").update(kept.hash).digest("hex");
}
