/** What is said of what was put in before signing in. By itself, since the header of every page says it too. */
export const cameAlong = (count: number): string =>
  count === 1
    ? "1 item you had put in before signing in is in your cart"
    : `${count} items you had put in before signing in are in your cart`;
