/**
 * Mails about a login: confirm the address, there is an account already, set a new password. Each goes to the address itself and
 * holds nothing that was typed with it, since that may have been somebody else.
 */
import type { RateLimit } from "@tillstream/db";
import { sql } from "@tillstream/runtime";
import { refusalByLimit } from "@tillstream/trpc";
import type { LoginMail, Services } from "@tillstream/trpc";
import { localPath } from "@tillstream/trpc/local-path";
import type { Mailer } from "./mailer.ts";
import type { Letter } from "./templates.ts";

type Store = Pick<Services, "db" | "cache" | "reads" | "ids" | "limits" | "shop">;

export function loginMail(services: Store, mailer: Mailer): LoginMail {
  const { db, ids, limits, shop } = services;
  /** Sealed with the key of the login's owner. Anybody may have it sent: what is above the limit is not, and nobody is told. */
  async function send(kind: string, limit: RateLimit, recipient: string, written: Letter): Promise<void> {
    if ((await refusalByLimit(services, limit, recipient)) !== undefined) return;
    const owners = await db.query<{ id: string }>(sql`SELECT id FROM auth_users WHERE email = ${recipient}`);
    for (const { id: sealedFor } of owners)
      await mailer.send(db, { ...written, recipient, sealedFor, dedupeKey: `${kind}:${ids.next()}` });
  }
  const link = (path: string, query: Record<string, string>): string =>
    `${shop.url}${path}?${new URLSearchParams(query).toString()}`;
  return {
    confirmAddress: (email, token, next) =>
      send(
        "confirm-address",
        limits.confirmMail,
        email,
        confirmationLetter(link("/confirm", { token, next: localPath(next) ?? "/" }), shop.url),
      ),
    sayKnown: (email) => send("known-address", limits.confirmMail, email, knownAddressLetter(shop.url)),
    resetPassword: (email, token) =>
      send("reset-password", limits.resetMail, email, resetLetter(link("/reset", { token }))),
  };
}

function confirmationLetter(url: string, shopUrl: string): Letter {
  return letter("Confirm your address for your Fernhill account", [
    "With this address somebody, you we hope, has opened an account at Fernhill. Follow the link and enter the password that you chose:",
    url,
    "",
    "The link is good for a day.",
    "If that was not you, there is nothing to do: without the link nobody gets into that account. It is yours if you set a new password:",
    `${shopUrl}/reset`,
  ]);
}

function knownAddressLetter(shopUrl: string): Letter {
  return letter("You have a Fernhill account already", [
    "With this address somebody, you we hope, wanted to open an account at Fernhill. It has one already. Sign in:",
    `${shopUrl}/login`,
    "",
    "If you do not remember your password, set a new one:",
    `${shopUrl}/reset`,
    "",
    "If that was not you, there is nothing to do: your account is as it was.",
  ]);
}

function resetLetter(url: string): Letter {
  return letter("Set a new password for your Fernhill account", [
    "Somebody, you we hope, asked for a new password for your account at Fernhill. Set it here:",
    url,
    "",
    "The link works once, and for an hour. With a new password you are signed out everywhere else.",
    "If that was not you, there is nothing to do: your password is as it was.",
  ]);
}

const letter = (subject: string, lines: readonly string[]): Letter => ({ subject, body: lines.join("\n") });
