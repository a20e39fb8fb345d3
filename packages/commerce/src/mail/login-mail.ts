/**
 * Mails about a login: confirm the address, there is an account already, set a new password. Each goes to the address itself and
 * holds nothing that was typed with it, since a stranger may have typed it.
 */
import { takeWithin } from "@tillstream/db";
import type { RateLimit } from "@tillstream/db";
import { sql } from "@tillstream/runtime";
import type { Cache, Database, IdGenerator } from "@tillstream/runtime";
import { localPath } from "@tillstream/trpc/local-path";
import type { ShopFacts } from "../settings.ts";
import type { Mailer } from "./mailer.ts";
import type { Letter } from "./templates.ts";

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
    sayKnown: (email: string) => send("known-address", limits.confirmMail, email, knownAddressLetter(shop.url)),
    resetPassword: (email: string, token: string) =>
      send("reset-password", limits.resetMail, email, resetLetter(link("/reset", { token }))),
  };
}

function confirmationLetter(url: string, shopUrl: string): Letter {
  return letter("Confirm your address for your Fernhill account", [
    "Somebody, we hope you, has opened an account at Fernhill with this address. Follow the link and enter the password that you chose:",
    url,
    "",
    "The link works for a day.",
    "If that was not you, you do not have to do anything: without the link nobody can get into that account. To make it yours, set a new password:",
    `${shopUrl}/reset`,
  ]);
}

function knownAddressLetter(shopUrl: string): Letter {
  return letter("You have a Fernhill account already", [
    "Somebody, we hope you, tried to open an account at Fernhill with this address. It already has one. Sign in:",
    `${shopUrl}/login`,
    "",
    "If you do not remember your password, set a new one:",
    `${shopUrl}/reset`,
    "",
    "If that was not you, you do not have to do anything: your account is as it was.",
  ]);
}

function resetLetter(url: string): Letter {
  return letter("Set a new password for your Fernhill account", [
    "Somebody, we hope you, asked for a new password for your account at Fernhill. Set it here:",
    url,
    "",
    "The link works once, within an hour. With a new password you are signed out everywhere else.",
    "If that was not you, you do not have to do anything: your password is as it was.",
  ]);
}

const letter = (subject: string, lines: readonly string[]): Letter => ({ subject, body: lines.join("\n") });
