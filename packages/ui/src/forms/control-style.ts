/** The look shared by every typed or chosen value; the border alone meets 3:1, so it marks the field without a fill. */
export const controlStyle =
  "block w-full min-w-0 rounded-md border border-field bg-surface px-3 text-base text-ink transition-[border-color,box-shadow] " +
  "hover:border-ink-soft focus-visible:border-focus focus-visible:outline-1 focus-visible:outline-offset-0 " +
  "aria-invalid:border-failed aria-invalid:bg-failed-soft/40 disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-muted " +
  "console:px-2";
