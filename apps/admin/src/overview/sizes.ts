/** How much the overview shows; the server asks for the same ahead of time. */
export const LATEST_EVENTS = 12;
export const SALES_DAYS = 14;
export const FUNNEL_DAYS = 7;
export const HEARTBEAT_MINUTES = 30;
