/** How many alerts the frame asks for on every page: open ones come first, at most one for each projection. */
export const OPEN_ALERTS = 20;
/** How many the list shows. */
export const ALERTS_SHOWN = 200;
