import { environmentSettings, readEnv } from "@tillstream/runtime";

/** Whether this is one person's machine, with data that is made up. */
export const isLocal = (): boolean => readEnv(environmentSettings).TILLSTREAM_LOCAL;
