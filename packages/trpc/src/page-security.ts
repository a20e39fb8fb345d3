/** What a page may do in a browser: run the scripts that it was sent with, and be shown in no other page. */
import { randomBytes } from "node:crypto";
import { readEnv } from "@tillstream/runtime";
import { z } from "zod";

const NONCE_BYTES = 16;

export interface PageSecurity {
  /** Of this one answer; whatever script is part of the page carries it. */
  readonly nonce: string;
  /** Of the answer. Next looks for the nonce in the same header of the request. */
  readonly headers: Readonly<Record<string, string>> & { readonly "content-security-policy": string };
}

export function pageSecurity(): PageSecurity {
  const { NODE_ENV } = readEnv({ NODE_ENV: z.string().optional() });
  const nonce = randomBytes(NONCE_BYTES).toString("base64");
  const policy = contentSecurityPolicy(nonce, NODE_ENV === "development");
  return { nonce, headers: { "content-security-policy": policy } };
}

/** React needs eval, and Next a socket, in development only. Styles are inline: React writes them as attributes. */
function contentSecurityPolicy(nonce: string, development: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
