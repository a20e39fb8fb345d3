/** Sends the mails about a login. */
import { takeWithin } from "@tillstream/db";
import type { RateLimit } from "@tillstream/db";
import { sql } from "@tillstream/runtime";
import type { Cache, Database, IdGenerator } from "@tillstream/runtime";
import { localPath } from "@tillstream/trpc/local-path";
import type { ShopFacts } from "../settings.ts";
import type { Letter } from "./letter.ts";
import { confirmationLetter, knownAddressLetter, resetLetter, welcomeLetter } from "./login-letters.ts";
import type { Mailer } from "./mailer.ts";

interface Store {
  readonly db: Database;
  readonly cache: Cache;
  readonly ids: IdGenerator;
  readonly limits: { readonly confirmMail: RateLimit; readonly resetMail: RateLimit };
  readonly shop: ShopFacts;
}

export function loginMail(services: Store, mailer: Mailer) {
  const { db, cache, ids, limits, shop } = services;
  /** Sealed with the key of the login's owner. It takes no sign-in to request one: mails above the limit are left out, without a notice. */
  async function send(kind: string, limit: RateLimit, recipient: string, written: Letter): Promise<void> {
    if ((await takeWithin(cache, db, limit, recipient)) > 0) return;
    const owners = await db.query<{ id: string }>(sql`SELECT id FROM auth_users WHERE email = ${recipient}`);
    for (const { id: sealedFor } of owners)
      await mailer.send(db, { ...written, recipient, sealedFor, dedupeKey: `${kind}:${ids.next()}` });
  }
  const link = (path: string, query: Record<string, string>): string =>
    `${shop.url}${path}?${new URLSearchParams(query).toString()}`;
  return {
    /** @param next where the login's owner was going, as it was sent */
    confirmAddress: (email: string, token: string, next: string | null) =>
      send(
        "confirm-address",
        limits.confirmMail,
        email,
        confirmationLetter(link("/confirm", { token, next: localPath(next) ?? "/" }), shop.url),
      ),
    /** Once, however often it is asked for. */
    welcome: ({ id, email }: { readonly id: string; readonly email: string }) =>
      mailer.send(db, { ...welcomeLetter(shop.url), recipient: email, sealedFor: id, dedupeKey: `welcome:${id}` }),
    sayKnown: (email: string) => send("known-address", limits.confirmMail, email, knownAddressLetter(shop.url)),
    resetPassword: (email: string, token: string) =>
      send("reset-password", limits.resetMail, email, resetLetter(link("/reset", { token }))),
  };
}
