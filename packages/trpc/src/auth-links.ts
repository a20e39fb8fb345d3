/**
 * What people do by links in mails: open a new account, set a password that they forgot. No answer tells which addresses have
 * an account, and none waits for a mail: only its reader learns it.
 *
 * A link alone neither opens a new account nor signs its reader in: it accompanies a sign-in. So a program that opens every link confirms
 * nothing, a person who opens another's link is not in their account, and one who opened an account with another's address gets
 * into it no more than its reader does, who may set a password of their own.
 */
import { APIError, createAuthMiddleware, isAPIError } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { signJWT, verifyJWT } from "better-auth/crypto";
import type pg from "pg";
import { LINK_OVER } from "./attempt-store.ts";

const RESET_SECONDS = 60 * 60;
const CONFIRM_SECONDS = 24 * 60 * 60;
export const LINK_PATHS: readonly string[] = ["/request-password-reset", "/reset-password"];

/** Mails to the owner of a login. None contains what was typed, since a stranger may have typed it. */
export interface LoginMail {
  /** @param next where its owner was going, as it was sent */
  confirmAddress(email: string, token: string, next: string | null): Promise<void>;
  /** To the owner of an account that is open now; again for the same one it does nothing. */
  welcome(user: { readonly id: string; readonly email: string }): Promise<void>;
  /** To an address with which another account was about to be opened. */
  sayKnown(email: string): Promise<void>;
  resetPassword(email: string, token: string): Promise<void>;
}

interface Login {
  readonly id: string;
  readonly email: string;
}

/** The parts of better-auth's options that write mails. Links lead where `mail` says, never to the host of a request. */
export function linksByMail(mail: LoginMail, { secret, pool }: { readonly secret: string; readonly pool: pg.Pool }) {
  return {
    passwords: {
      resetPasswordTokenExpiresIn: RESET_SECONDS,
      sendResetPassword: ({ user, token }: { user: Login; token: string }) => mail.resetPassword(user.email, token),
      onExistingUserSignUp: ({ user }: { user: Login }) => mail.sayKnown(user.email),
      // The person who opened the link reads the mail of that address.
      onPasswordReset: async ({ user }: { user: Login }) => {
        const { rowCount } = await pool.query("UPDATE auth_users SET email_verified = true WHERE id = $1", [user.id]);
        if (rowCount === 0) throw new APIError("BAD_REQUEST", LINK_OVER);
      },
    },
    confirmations: {
      async sendVerificationEmail({ user, url }: { user: Login; url: string }) {
        const token = await signJWT({ confirms: user.id }, secret, CONFIRM_SECONDS);
        await mail.confirmAddress(user.email, token, URL.parse(url)?.searchParams.get("callbackURL") ?? null);
      },
    },
  };
}

/** The id of the login that a link is to confirm; undefined for one that is over, or never was. */
export async function loginToConfirm(token: string, secret: string): Promise<string | undefined> {
  return (await verifyJWT<{ confirms?: string }>(token, secret))?.confirms;
}

/**
 * A sign-up has one answer, whether the address had an account or not; where it need not be confirmed, a new one is signed in
 * besides. No answer has the token of a session: it is the cookie's.
 */
export function ownAnswers(confirmSignUp: boolean) {
  return createAuthMiddleware(async (ctx) => {
    const { returned } = ctx.context;
    if (isAPIError(returned)) return undefined;
    if (ctx.path === "/sign-in/email" || ctx.path === "/change-password")
      return ctx.json({ ...(returned as object), token: null });
    if (ctx.path === "/get-session" && returned !== null) {
      const { session, ...more } = returned as { session: object }; // as better-auth answers
      return ctx.json({ session: { ...session, token: null }, ...more });
    }
    if (ctx.path !== "/sign-up/email") return undefined;
    const { internalAdapter } = ctx.context;
    const { user } = returned as { user: Login & { name: string; createdAt: Date } }; // as better-auth answers a sign-up
    const { id, name, createdAt } = user;
    const made = confirmSignUp ? null : await internalAdapter.findUserById(id);
    if (made !== null) {
      const forNow = (ctx.body as { rememberMe?: boolean }).rememberMe === false;
      await setSessionCookie(ctx, { session: await internalAdapter.createSession(id, forNow), user: made }, forNow);
    }
    const { typedAddress: email } = ctx.context as { typedAddress?: string }; // ownRules put it there
    const same = { emailVerified: false, image: null, role: "shopper", createdAt, updatedAt: createdAt };
    return ctx.json({ token: null, user: { id, name, email, ...same } });
  });
}
