/** The signed link by which the reader of a new address shows that it is theirs. */
import { createHmac } from "node:crypto";
import { signJWT, verifyJWT } from "better-auth/crypto";

const GOOD_SECONDS = 60 * 60;

/** From one address to another, for as long as the first is the login's and its password is the same. */
export interface EmailChange {
  readonly userId: string;
  readonly from: string;
  readonly to: string;
  /** As `provePassword` gives it. */
  readonly passwordDigest: string;
}

const ownKey = (secret: string): string =>
  createHmac("sha256", secret).update("changes of e-mail addresses").digest("base64url");

export function signEmailChange(change: EmailChange, secret: string): Promise<string> {
  return signJWT({ ...change }, ownKey(secret), GOOD_SECONDS);
}

/** Undefined for one that is over, or never was. */
export async function readEmailChange(token: string, secret: string): Promise<EmailChange | undefined> {
  return (await verifyJWT<EmailChange>(token, ownKey(secret))) ?? undefined;
}
