import { commerceSettings } from "@tillstream/commerce/settings";
import { kafkaSettings, kernelSettings } from "@tillstream/eventing/settings";
import { port, processSettings, readEnv } from "@tillstream/runtime";
import { authSettings, limitSettings } from "@tillstream/trpc/settings";

export const settings = readEnv({
  ...processSettings,
  ...kernelSettings,
  ...kafkaSettings,
  ...authSettings,
  ...limitSettings,
  ...commerceSettings,
  WORKER_PORT: port(3002),
});
