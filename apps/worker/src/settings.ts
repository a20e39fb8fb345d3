import {
  kafkaSettings,
  kernelSettings,
  paymentSettings,
  portSettings,
  processSettings,
  readEnv,
} from "@tillstream/runtime";

export const settings = readEnv({
  ...processSettings,
  ...portSettings,
  ...kernelSettings,
  ...paymentSettings,
  ...kafkaSettings,
});
