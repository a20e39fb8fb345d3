/** How the console is built and which headers every answer carries. */
import type { NextConfig } from "next";

export default function config(): NextConfig {
  const securityHeaders = [
    { key: "X-Content-Type-Options", value: "nosniff" },
    { key: "X-Frame-Options", value: "DENY" },
    { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
    { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
    { key: "Referrer-Policy", value: "same-origin" },
    { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=(), usb=()" },
  ];
  return {
    poweredByHeader: false,
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
    // A page's Content-Security-Policy has a nonce: the proxy writes it. What is no page may do nothing.
    headers: async () => [
      { source: "/:path*", headers: securityHeaders },
      {
        source: "/api/:path*",
        headers: [{ key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" }],
      },
    ],
  };
}
