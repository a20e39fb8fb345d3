/** What search engines read of a page, as JSON-LD. It is data and no script, and carries the page's nonce like all the others. */
import { headers } from "next/headers";
import { inPage } from "./json-ld.ts";

const NONCE = /'nonce-([^']+)'/;

export async function StructuredData({ data }: { data: object }) {
  const nonce = NONCE.exec((await headers()).get("content-security-policy") ?? "")?.[1];
  return (
    <script
      type="application/ld+json"
      nonce={nonce}
      suppressHydrationWarning
      dangerouslySetInnerHTML={{ __html: inPage(data) }}
    />
  );
}
