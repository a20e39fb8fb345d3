import { port, processSettings } from "@tillstream/runtime";
import { z } from "zod";

export const gatewaySettings = {
  GATEWAY_PORT: port(3003),
  LISTEN_HOST: processSettings.LISTEN_HOST,
  /** The ledger file; a relative path starts at the repository root. */
  GATEWAY_LEDGER: z.string().default(".data/gateway-ledger.sqlite"),
  GATEWAY_LATENCY_MS: z.coerce.number().int().min(0).max(60_000).default(20),
  /** Where webhooks go; none are sent while it is unset. */
  GATEWAY_WEBHOOK_URL: z.url({ protocol: /^https?$/, error: "an http or https address" }).optional(),
  /** Signs them: the same as the shop's. */
  GATEWAY_WEBHOOK_SECRET: z.string().min(16, "at least 16 characters").default("whsec_local_development"),
};
