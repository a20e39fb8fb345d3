/** The browser's side of the sessions. */
import { createAuthClient } from "better-auth/react";

export const authClient: ReturnType<typeof createAuthClient> = createAuthClient({ basePath: "/api/auth" });
