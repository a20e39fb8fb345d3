/** The cart's bounds as the pages need them; a test holds them against the server's. */
export const QUANTITY_MAX = 999;
export const CART_DAYS = 30;
