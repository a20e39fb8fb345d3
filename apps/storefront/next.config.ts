/** How the shop is built and which headers every answer carries. */
import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { NextConfig } from "next";

const PICTURES = ["/products/:path*", "/categories/:path*", "/rooms/:path*", "/hero.svg"];
/** What the proxy does not see. */
const FILES = [
  ...PICTURES,
  "/_next/:path*",
  "/icon.svg",
  "/favicon.ico",
  "/manifest.webmanifest",
  "/robots.txt",
  "/sitemap.xml",
  "/metrics",
];
const FILE_POLICY = {
  key: "Content-Security-Policy",
  value: "script-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
};

/** Under its version a picture never changes. */
const FOR_GOOD = { key: "Cache-Control", value: "public, max-age=31536000, immutable" };
/** Without one, such as in a mail or another site, it is looked at again after a day. */
const FOR_A_DAY = { key: "Cache-Control", value: "public, max-age=86400, stale-while-revalidate=604800" };
/** Pages that no search engine is to list. A test of `found/known-paths.ts` names the same. */
const UNLISTED = "/:page(account|cart|checkout|confirm|login|orders|register|reset|search)/:path*";

function picturesVersion(): string {
  const folder = join(import.meta.dirname, "public");
  const digest = createHash("sha256");
  for (const file of globSync("**/*.svg", { cwd: folder }).toSorted())
    digest.update(file).update(readFileSync(join(folder, file)));
  return digest.digest("hex").slice(0, 10);
}

export default function config(): NextConfig {
  const securityHeaders = [
    { key: "X-Content-Type-Options", value: "nosniff" },
    { key: "X-Frame-Options", value: "DENY" },
    { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
    { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
    { key: "Referrer-Policy", value: "same-origin" },
    { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), usb=()" },
  ];
  return {
    poweredByHeader: false,
    // Bodies for pages are refused (`guardServer`). What comes while the process starts is not kept either.
    experimental: { optimizePackageImports: ["@tillstream/ui"], proxyClientMaxBodySize: "1kb" },
    agentRules: false,
    compiler: { define: { PICTURES_VERSION: picturesVersion() } },
    rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
    transpilePackages: ["commerce", "db", "eventing", "runtime", "trpc", "ui"].map((name) => `@tillstream/${name}`),
    serverExternalPackages: [
      "@opentelemetry/api",
      "@opentelemetry/context-async-hooks",
      "@opentelemetry/exporter-trace-otlp-proto",
      "@opentelemetry/resources",
      "@opentelemetry/sdk-trace",
      "@platformatic/kafka",
      "@prisma/adapter-pg",
      "@prisma/client",
      "better-auth",
      "ioredis",
      "pg",
      "pino",
      "prom-client",
    ],
    // A page's Content-Security-Policy has a nonce: the proxy writes it. Anything else may do nothing, except that a picture may be styled.
    headers: async () => [
      { source: "/:path*", headers: securityHeaders },
      {
        source: "/api/:path*",
        headers: [{ key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" }],
      },
      { source: "/:path*.svg", headers: [{ key: "Content-Type", value: "image/svg+xml; charset=utf-8" }] },
      ...PICTURES.flatMap((source) => [
        { source, headers: [FOR_A_DAY] },
        { source, has: [{ type: "query" as const, key: "v" }], headers: [FOR_GOOD] },
      ]),
      ...["/icon.svg", "/favicon.ico", "/manifest.webmanifest"].map((source) => ({ source, headers: [FOR_A_DAY] })),
      { source: UNLISTED, headers: [{ key: "X-Robots-Tag", value: "noindex, nofollow" }] },
      ...FILES.map((source) => ({ source, headers: [FILE_POLICY] })),
    ],
  };
}
