/** The four processes of Tillstream: how each is started, and where it says that it is well. */
import type { Environment } from "../child-env.ts";
import { childEnv } from "../child-env.ts";
import { appFolder, REPOSITORY_ROOT, scriptFrom } from "../places.ts";
import { LOOPBACK } from "../ports.ts";
import { PORT_SETTING } from "../settings.ts";
import type { Ports } from "../settings.ts";
import type { ProcessSpec } from "../supervisor/supervised-process.ts";

export const SERVICE_NAMES = ["gateway", "worker", "storefront", "admin"] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** `start` serves the built apps; `dev` compiles them on demand and restarts a process whose source changed. */
export type Mode = "start" | "dev";

export interface ServiceOptions {
  readonly mode: Mode;
  readonly ports: Ports;
  /** Settings for all four. */
  readonly env: Environment;
}

const HEALTH_PATH: Readonly<Record<ServiceName, string>> = {
  gateway: "/health",
  worker: "/health",
  storefront: "/api/health",
  admin: "/api/health",
};

export const serviceUrl = (name: ServiceName, ports: Ports): string => `http://localhost:${ports[name]}`;

export const healthUrl = (name: ServiceName, ports: Ports): string =>
  `http://${LOOPBACK}:${ports[name]}${HEALTH_PATH[name]}`;

/** Whether another start would help: it would not while Postgres is away. */
const LIVENESS_PATH: Readonly<Record<ServiceName, string>> = {
  gateway: "/health",
  worker: "/health/live",
  storefront: "/api/health/live",
  admin: "/api/health/live",
};

function command(
  name: ServiceName,
  { mode, ports, env: { LISTEN_HOST: host = LOOPBACK } }: ServiceOptions,
): { args: string[]; cwd: string } {
  if (name === "storefront" || name === "admin") {
    const cwd = appFolder(name);
    return {
      args: [scriptFrom(cwd, "next/dist/bin/next"), mode, "--hostname", host, "--port", String(ports[name])],
      cwd,
    };
  }
  const main = `apps/${name}/src/main.ts`;
  return { args: mode === "dev" ? ["--watch", "--watch-preserve-output", main] : [main], cwd: REPOSITORY_ROOT };
}

export function serviceSpec(name: ServiceName, options: ServiceOptions): ProcessSpec {
  const { mode, ports, env } = options;
  const portSettings = SERVICE_NAMES.map((service) => [PORT_SETTING[service], String(ports[service])]);
  return {
    name,
    program: process.execPath,
    ...command(name, options),
    // A developer may stop a process at a breakpoint.
    ...(mode === "start" && { livenessUrl: `http://${LOOPBACK}:${ports[name]}${LIVENESS_PATH[name]}` }),
    env: childEnv({
      ...Object.fromEntries(portSettings),
      GATEWAY_URL: `http://${LOOPBACK}:${ports.gateway}`,
      SHOP_URL: serviceUrl("storefront", ports),
      GATEWAY_WEBHOOK_URL: `http://${LOOPBACK}:${ports.storefront}/api/webhooks/payments`,
      // A caller on this machine may say for whom it calls: a proxy, or simulated shoppers.
      TRUSTED_PROXIES: "127.0.0.0/8,::1",
      TILLSTREAM_LOCAL: "true",
      NODE_ENV: mode === "dev" ? "development" : "production",
      NEXT_TELEMETRY_DISABLED: "1",
      ...env,
    }),
  };
}
