/** How the shop is built and which headers every answer carries. */
import type { NextConfig } from "next";

/** What the proxy does not see. */
const FILES = ["/_next/:path*", "/products/:path*", "/categories/:path*", "/hero.svg", "/icon.svg", "/metrics"];
const FILE_POLICY = {
  key: "Content-Security-Policy",
  value: "script-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
};

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
      ...FILES.map((source) => ({ source, headers: [FILE_POLICY] })),
    ],
  };
}
