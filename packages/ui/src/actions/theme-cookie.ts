/** The cookie that keeps the chosen theme. A layout reads it and sets <html data-theme>, so that no page flashes. */
export const themeCookieName = "theme";

export type Theme = "light" | "dark";

/** The theme in a cookie's value; `undefined` for none or nonsense, which leaves the choice to the system. */
export function themeFrom(value: string | undefined): Theme | undefined {
  return value === "light" || value === "dark" ? value : undefined;
}
