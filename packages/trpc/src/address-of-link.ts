/** Whose login a link of a mail is about, so that its page can say so. Undefined for one that is over, or never was. */
import type { Auth } from "./auth.ts";
import { loginToConfirm } from "./auth-links.ts";
import { LINK_TOKEN } from "./sign-in-rules.ts";

export async function addressOfReset(auth: Auth, token: string): Promise<string | undefined> {
  if (!LINK_TOKEN.test(token)) return undefined;
  const { internalAdapter } = await auth.$context;
  const link = await internalAdapter.findVerificationValue(`reset-password:${token}`);
  if (link === null || link.expiresAt < new Date()) return undefined;
  return (await internalAdapter.findUserById(link.value))?.email;
}

export async function addressOfConfirmation(auth: Auth, token: string): Promise<string | undefined> {
  const { internalAdapter, secret } = await auth.$context;
  const login = await loginToConfirm(token, secret);
  return login === undefined ? undefined : (await internalAdapter.findUserById(login))?.email;
}
