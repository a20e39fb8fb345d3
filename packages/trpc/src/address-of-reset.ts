import type { Auth } from "./auth.ts";
import { LINK_TOKEN } from "./sign-in-rules.ts";

/** Whose password the link sets; undefined for one that is over, or never was. */
export async function addressOfReset(auth: Auth, token: string): Promise<string | undefined> {
  if (!LINK_TOKEN.test(token)) return undefined;
  const { internalAdapter } = await auth.$context;
  const link = await internalAdapter.findVerificationValue(`reset-password:${token}`);
  if (link === null || link.expiresAt < new Date()) return undefined;
  return (await internalAdapter.findUserById(link.value))?.email;
}
