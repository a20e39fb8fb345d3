/** How the console is built and which headers every answer carries. */
import type { NextConfig } from "next";
import { PHASE_DEVELOPMENT_SERVER } from "next/constants.js";

/** Scripts of our own origin and Next's inline ones; React needs eval in development only. */
function contentSecurityPolicy(development: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'unsafe-inline'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

export default function config(phase: string): NextConfig {
  const securityHeaders = [
    { key: "Content-Security-Policy", value: contentSecurityPolicy(phase === PHASE_DEVELOPMENT_SERVER) },
    { key: "X-Content-Type-Options", value: "nosniff" },
    { key: "X-Frame-Options", value: "DENY" },
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
    headers: async () => [{ source: "/:path*", headers: securityHeaders }],
  };
}
