/** The signed link by which the reader of a new address shows that it is theirs. Everybody who has it can read what it says. */
import { createHmac } from "node:crypto";
import { signJWT, verifyJWT } from "better-auth/crypto";

interface EmailChange {
  /** Of the request, which is kept until it is carried out, once. */
  readonly changeId: string;
  readonly userId: string;
  readonly to: string;
}

const ownKey = (secret: string): string =>
  createHmac("sha256", secret).update("changes of e-mail addresses").digest("base64url");

export function signEmailChange(secret: string, change: EmailChange, goodSeconds: number): Promise<string> {
  return signJWT({ ...change }, ownKey(secret), goodSeconds);
}

/** Undefined for one that is over, or never was. */
export async function readEmailChange(token: string, secret: string): Promise<EmailChange | undefined> {
  return (await verifyJWT<EmailChange>(token, ownKey(secret))) ?? undefined;
}
