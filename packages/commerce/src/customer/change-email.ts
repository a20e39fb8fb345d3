/**
 * Moving a login to another e-mail address: asked for with the password, and carried out by its owner, signed in, with the link
 * that was sent to the new address. Neither a stolen session nor the reader of a mistyped address gets the account.
 */
import { refuse, violatedConstraint } from "@tillstream/eventing";
import type { Keyring } from "@tillstream/eventing";
import { takeWithin } from "@tillstream/db";
import type { RateLimit } from "@tillstream/db";
import { sql } from "@tillstream/runtime";
import type { Cache, Database, IdGenerator, Sql, SqlExecutor } from "@tillstream/runtime";
import { addressChangedLetter, knownAddressLetter, localInbox, newAddressLetter } from "../mail/index.ts";

interface Services {
  readonly db: Database;
  readonly cache: Cache;
  readonly ids: IdGenerator;
  readonly keyring: Keyring;
  readonly limits: { readonly confirmMail: RateLimit };
  readonly shop: { readonly url: string };
}

interface WantedChange {
  readonly userId: string;
  readonly from: string;
  readonly to: string;
  /** As `provePassword` gives it. */
  readonly passwordDigest: string;
}

/** What a link says. */
interface EmailChange {
  readonly changeId: string;
  readonly userId: string;
  readonly to: string;
}

/** The row of a request that is open: its password is still the login's. Every change of the address ends them all. */
const ofOpen = ({ changeId, userId }: EmailChange): Sql => sql`
  auth_verifications WHERE id = ${changeId} AND value = ${userId} AND expires_at > now() AND identifier = (
    SELECT ${KIND} || encode(sha256(convert_to(password, 'UTF8')), 'hex') FROM auth_credentials
    WHERE user_id = ${userId} AND provider_id = 'credential')`;
const KIND = "new-address:";
const GOOD_SECONDS = 60 * 60;

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

/**
 * Writes to the new address; the answer does not tell whether it has an account. Mails above the limit are left out.
 * @param sign makes the token of the link
 */
export async function requestEmailChange(
  { db, cache, ids, keyring, limits, shop }: Services,
  { userId, from, to, passwordDigest }: WantedChange,
  sign: (change: EmailChange, goodSeconds: number) => Promise<string>,
): Promise<{ readonly sentTo: string }> {
  if (to === from) throw SAME_ADDRESS;
  const staff = await db.query(sql`SELECT FROM auth_users WHERE id = ${userId} AND role <> 'shopper'`);
  if (staff.length > 0) throw STAFF;
  const sentTo = { sentTo: to };
  if ((await takeWithin(cache, db, limits.confirmMail, to)) > 0) return sentTo;
  const changeId = ids.next();
  await db.query(sql`
    INSERT INTO auth_verifications (id, identifier, value, expires_at)
    VALUES (${changeId}, ${KIND + passwordDigest}, ${userId}, now() + ${GOOD_SECONDS} * interval '1 second')`);
  const token = await sign({ changeId, userId, to }, GOOD_SECONDS);
  const [owner] = await db.query<{ id: string }>(sql`SELECT id FROM auth_users WHERE email = ${to}`);
  const letter = owner
    ? knownAddressLetter(shop.url)
    : newAddressLetter(`${shop.url}/confirm-email?${new URLSearchParams({ token }).toString()}`);
  await localInbox(keyring).send(db, {
    ...letter,
    recipient: to,
    sealedFor: owner?.id ?? userId,
    dedupeKey: `new-address:${changeId}`,
  });
  return sentTo;
}

/** The address that a link changes to; null for one that is over or another's. */
export async function addressOf(
  db: SqlExecutor,
  userId: string,
  change: EmailChange | undefined,
): Promise<string | null> {
  if (change?.userId !== userId) return null;
  const open = await db.query(sql`SELECT FROM ${ofOpen(change)}`);
  return open.length > 0 ? change.to : null;
}

/**
 * Ends all sessions, and the links that were sent to the address before; a notice goes there.
 * @param change what a link says; undefined for one that is over
 */
export async function confirmEmailChange(
  { db, ids, keyring, shop }: Services,
  userId: string,
  change: EmailChange | undefined,
): Promise<{ readonly email: string }> {
  if (change?.userId !== userId) throw LINK_OVER;
  const { to } = change;
  try {
    await db.transaction(async (tx) => {
      const used = await tx.query(sql`DELETE FROM ${ofOpen(change)} RETURNING id`);
      const [moved] = await tx.query<{ from: string }>(sql`
        UPDATE auth_users SET email = ${to}, email_verified = true, updated_at = now()
        FROM (SELECT email FROM auth_users WHERE id = ${userId} FOR UPDATE) AS before
        WHERE id = ${userId} AND role = 'shopper' RETURNING before.email AS "from"`);
      if (used.length === 0 || moved === undefined) throw LINK_OVER;
      await tx.query(sql`UPDATE customers SET email = ${to} WHERE user_id = ${userId}`);
      await tx.query(sql`DELETE FROM auth_sessions WHERE user_id = ${userId}`);
      await tx.query(sql`DELETE FROM auth_verifications WHERE value = ${userId}`);
      await localInbox(keyring).send(tx, {
        ...addressChangedLetter(shop.url),
        recipient: moved.from,
        sealedFor: userId,
        dedupeKey: `address-changed:${ids.next()}`,
      });
    });
  } catch (error) {
    throw ONE_EACH.includes(violatedConstraint(error) ?? "") ? TAKEN : error;
  }
  return { email: to };
}
