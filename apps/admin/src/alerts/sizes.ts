/** How many alerts the frame asks for on every page: open ones come first, followers with their causes. */
export const OPEN_ALERTS = 50;
/** How many the list shows. */
export const ALERTS_SHOWN = 200;
