import { join, resolve } from "node:path";
import {
  createLogger,
  createShutdown,
  exitOnSignals,
  processSettings,
  readEnv,
  startTracing,
} from "@tillstream/runtime";
import { startGateway } from "./gateway.ts";
import { gatewaySettings } from "./settings.ts";

const REPOSITORY_ROOT = join(import.meta.dirname, "../../..");

const settings = readEnv({ ...gatewaySettings, LOG_LEVEL: processSettings.LOG_LEVEL });
const logger = createLogger("gateway", settings.LOG_LEVEL);
const shutdown = createShutdown(logger);
exitOnSignals(shutdown, logger);
shutdown.onShutdown("tracing", await startTracing("gateway", logger));

const gateway = await startGateway({
  host: settings.LISTEN_HOST,
  port: settings.GATEWAY_PORT,
  ledgerPath: resolve(REPOSITORY_ROOT, settings.GATEWAY_LEDGER),
  latencyMs: settings.GATEWAY_LATENCY_MS,
  webhookUrl: settings.GATEWAY_WEBHOOK_URL,
  webhookSecret: settings.GATEWAY_WEBHOOK_SECRET,
  logger,
});
shutdown.onShutdown("gateway", () => gateway.stop());
logger.info({ port: gateway.port }, "simulated payment gateway is listening");
