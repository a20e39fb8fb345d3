import { defineEvent } from "@tillstream/eventing";
import { z } from "zod";

/** The tombstone: every consumer that keeps anything about this customer forgets it. */
export const CustomerErased = defineEvent("CustomerErased", z.object({ customerId: z.string() }));
