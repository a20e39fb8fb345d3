import { kafkaSettings, kernelSettings, portSettings, processSettings, readEnv } from "@tillstream/runtime";

export const settings = readEnv({ ...processSettings, ...portSettings, ...kernelSettings, ...kafkaSettings });
