/**
 * Moving a login to another e-mail address: asked for with the password, and carried out by its owner, signed in, with the link
 * that was sent to the new address. Neither a stolen session nor the reader of a mistyped address gets the account.
 */
import { refuse, violatedConstraint } from "@tillstream/eventing";
import { takeWithin } from "@tillstream/db";
import { sql } from "@tillstream/runtime";
import { provePassword, readEmailChange, signEmailChange } from "@tillstream/trpc";
import type { Context, SessionUser } from "@tillstream/trpc";
import { addressChangedLetter, knownAddressLetter, localInbox, newAddressLetter } from "../mail/index.ts";

type SignedIn = Context & { readonly user: SessionUser };

const STAFF = refuse(
  "conflict",
  "STAFF_LOGIN",
  "This login opens the console as well, so its address is not changed here. Ask an admin.",
);
const SAME = "This is your address already. Enter another one.";
const SAME_ADDRESS = refuse("invalid", "SAME_ADDRESS", SAME, {
  fields: [{ field: "email", rule: "another address", message: SAME }],
});
const LINK_OVER = refuse(
  "conflict",
  "LINK_OVER",
  "This link no longer works, or is for another account. Your address is as it was. Ask for a new link.",
);
const TAKEN = refuse("conflict", "ADDRESS_TAKEN", "Another account has this address now. Yours is as it was.");

/** One login, and one customer, for an address. */
const ONE_EACH: readonly string[] = ["auth_users_email_key", "customers_email_key"];

/** Writes to the new address; the answer does not tell whether it has an account. Mails above the limit are left out. */
export async function requestEmailChange(
  ctx: SignedIn,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<{ readonly sentTo: string }> {
  const { db, cache, ids, keyring, limits, secret, shop, user } = ctx;
  if (user.role !== "shopper") throw STAFF;
  const to = email.toLowerCase();
  if (to === user.email) throw SAME_ADDRESS;
  const passwordDigest = await provePassword(ctx, password);
  const sentTo = { sentTo: to };
  if ((await takeWithin(cache, db, limits.confirmMail, to)) > 0) return sentTo;
  const token = await signEmailChange({ userId: user.id, from: user.email, to, passwordDigest }, secret);
  const [owner] = await db.query<{ id: string }>(sql`SELECT id FROM auth_users WHERE email = ${to}`);
  const letter = owner
    ? knownAddressLetter(shop.url)
    : newAddressLetter(`${shop.url}/confirm-email?${new URLSearchParams({ token }).toString()}`);
  await localInbox(keyring).send(db, {
    ...letter,
    recipient: to,
    sealedFor: owner?.id ?? user.id,
    dedupeKey: `new-address:${ids.next()}`,
  });
  return sentTo;
}

/** Whom the link is for, so that its page can say so. */
export async function emailOfChange({ secret, user }: SignedIn, token: string): Promise<string | null> {
  const change = await readEmailChange(token, secret);
  return change?.userId === user.id && change.from === user.email ? change.to : null;
}

/** Ends all sessions, and the links that were sent to the address before; a notice goes there. */
export async function confirmEmailChange(ctx: SignedIn, token: string): Promise<{ readonly email: string }> {
  const { db, ids, keyring, secret, shop, user } = ctx;
  const change = await readEmailChange(token, secret);
  if (change === undefined || change.userId !== user.id) throw LINK_OVER;
  const { from, to, passwordDigest } = change;
  try {
    await db.transaction(async (tx) => {
      const moved = await tx.query(sql`
        UPDATE auth_users SET email = ${to}, email_verified = true, updated_at = now()
        WHERE id = ${user.id} AND email = ${from} AND role = 'shopper' AND EXISTS (
          SELECT FROM auth_credentials WHERE user_id = auth_users.id AND provider_id = 'credential'
            AND encode(sha256(convert_to(password, 'UTF8')), 'hex') = ${passwordDigest})
        RETURNING id`);
      if (moved.length === 0) throw LINK_OVER;
      await tx.query(sql`UPDATE customers SET email = ${to} WHERE user_id = ${user.id}`);
      await tx.query(sql`DELETE FROM auth_sessions WHERE user_id = ${user.id}`);
      await tx.query(sql`DELETE FROM auth_verifications WHERE value = ${user.id}`);
      await localInbox(keyring).send(tx, {
        ...addressChangedLetter(shop.url),
        recipient: from,
        sealedFor: user.id,
        dedupeKey: `address-changed:${ids.next()}`,
      });
    });
  } catch (error) {
    throw ONE_EACH.includes(violatedConstraint(error) ?? "") ? TAKEN : error;
  }
  return { email: to };
}
