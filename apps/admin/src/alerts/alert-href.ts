import type { Alert } from "./alert-state.ts";

/** The page of what an alert is about: cause, whom it hits, and what to do. */
export const alertHref = ({ id }: Pick<Alert, "id">): string => `/incidents/${id}`;
