/** The console's procedures without HTTP, as the person who asks for a file may call them. */
import { adminRouter } from "@tillstream/commerce";
import { createCallerFactory } from "@tillstream/trpc";

export const createCaller = createCallerFactory(adminRouter);
export type Caller = ReturnType<typeof createCaller>;
