/**
 * Sign-up and sign-in by the shop's own rules for names and addresses, before better-auth looks at them. It knows addresses by
 * a narrower grammar (no punycode at the top, no `&`) that cannot be set: it gets to see one that it knows, its store the real
 * one. Refuses with the fields, as any procedure does.
 */
import { dictionary } from "@zxcvbn-ts/language-common";
import { APIError, createAuthMiddleware } from "better-auth/api";
import type pg from "pg";
import { z } from "zod";
import { alike, changing, named, shoppersAlone } from "./attempt-store.ts";
import type { Store } from "./attempt-store.ts";
import { loginToConfirm } from "./auth-links.ts";
import { invalidInput } from "./errors.ts";
import { email, personName } from "./input.ts";

export const PASSWORD_LENGTH_MIN = 10;
export const PASSWORD_LENGTH_MAX = 128;
/** What a token of a link may look like at all. */
export const LINK_TOKEN = /^[\w-]{1,100}$/;
const CONFIRMATION_LENGTH_MAX = 1_000;
const RESET_REQUEST = "/request-password-reset";
const STAND_IN = "stand-in@tillstream.invalid";

/** One login for an address, however its letters are written. */
const login = email.transform((address) => address.toLowerCase());

/** Those of known break-ins that are long enough. */
const COMMON = new Set(dictionary["passwords-common"].filter(({ length }) => length >= PASSWORD_LENGTH_MIN));

const newPassword = z
  .string()
  .min(PASSWORD_LENGTH_MIN, `at least ${PASSWORD_LENGTH_MIN} characters`)
  .max(PASSWORD_LENGTH_MAX, `at most ${PASSWORD_LENGTH_MAX} characters`)
  .refine((password) => !COMMON.has(password.toLowerCase()), {
    error: "This is one of the passwords that are tried first. Choose another one.",
    params: { rule: "not common" },
  });

const signUp = z
  .strictObject({
    name: personName,
    email: login,
    password: newPassword,
    rememberMe: z.boolean().optional(),
    callbackURL: z.string().optional(),
  })
  .refine(
    ({ name, email: address, password }) => ![name, address].includes(password) && password.toLowerCase() !== address,
    {
      path: ["password"],
      error: "This is your name or address. Choose another password.",
      params: { rule: "not known" },
    },
  );

const passwordChange = z.looseObject({ currentPassword: z.string().max(PASSWORD_LENGTH_MAX), newPassword });
const passwordReset = z.strictObject({ token: z.string().regex(LINK_TOKEN), newPassword });

const signIn = z.looseObject({
  email: login,
  /** Of the link that confirms the address. */
  confirmation: z.string().max(CONFIRMATION_LENGTH_MAX).optional(),
});

const BODIES = new Map<string, z.ZodType<{ email: string; confirmation?: string | undefined }>>([
  ["/sign-up/email", signUp],
  ["/sign-in/email", signIn],
  [RESET_REQUEST, z.strictObject({ email: login })],
]);

export const ownRules = (pool: pg.Pool) =>
  createAuthMiddleware(async (ctx) => {
    const { path, body, context } = ctx;
    const { internalAdapter, secret, authCookies } = context;
    const stored = (store: Partial<Store>, more: object = {}) => ({ context: { ...more, internalAdapter: store } });
    if (path === "/change-password") {
      // The owner may be changing it because another person knows it.
      const typed = { ...checked(passwordChange, body), revokeOtherSessions: true };
      return { context: { body: typed, ...stored(changing(internalAdapter, pool)) } };
    }
    if (path === "/reset-password")
      return { context: { body: checked(passwordReset, body), ...stored(shoppersAlone(internalAdapter)) } };
    const schema = BODIES.get(path);
    if (schema === undefined) return undefined;
    const typed = checked(schema, body);
    const confirmed = typed.confirmation && (await loginToConfirm(typed.confirmation, secret));
    const replaced = (await ctx.getSignedCookie(authCookies.sessionToken.name, secret)) || undefined;
    const store =
      path === RESET_REQUEST
        ? alike(typed.email, internalAdapter)
        : named(typed.email, internalAdapter, { replaced, confirmed });
    return { context: { body: { ...typed, email: STAND_IN }, ...stored(store, { typedAddress: typed.email }) } };
  });

function checked<Body>(schema: z.ZodType<Body>, body: unknown): Body {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const { code, message, fields } = invalidInput(parsed.error);
  throw new APIError("BAD_REQUEST", { code, message, fields });
}
