/** The bounds of a cart; the server holds the same ones (`checkout/input.ts` of the commerce package). */
export const LINES_MAX = 100;
export const QUANTITY_MAX = 999;
