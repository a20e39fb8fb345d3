import { mailSettings } from "@tillstream/commerce";
import {
  kafkaSettings,
  kernelSettings,
  limitSettings,
  paymentSettings,
  portSettings,
  privacySettings,
  processSettings,
  readEnv,
} from "@tillstream/runtime";

export const settings = readEnv({
  ...processSettings,
  ...portSettings,
  ...kernelSettings,
  ...limitSettings,
  ...paymentSettings,
  ...kafkaSettings,
  ...privacySettings,
  ...mailSettings,
});
