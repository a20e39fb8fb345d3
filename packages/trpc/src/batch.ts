/** Queries of one page that may travel in one request: many calls in one would each cost what a request costs, and be counted as one. */
export const BATCH_CALLS_MAX = 20;
