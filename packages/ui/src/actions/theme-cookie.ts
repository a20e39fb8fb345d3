/** The cookie that keeps the chosen theme. A layout reads it and sets <html data-theme>, so that no page flashes. */
const NAME = "theme";
/** Over https, where no other host of the domain can set it. */
const SECURE_NAME = `__Host-${NAME}`;
const YEAR_S = 31_536_000;

export type Theme = "light" | "dark";

/** The theme in a cookie's value; `undefined` for none or nonsense, which leaves the choice to the system. */
export function themeFrom(value: string | undefined): Theme | undefined {
  return value === "light" || value === "dark" ? value : undefined;
}

/** The theme that a visitor has chosen. */
export function themeIn(cookies: { get(name: string): { readonly value: string } | undefined }): Theme | undefined {
  return themeFrom(cookies.get(SECURE_NAME)?.value) ?? themeFrom(cookies.get(NAME)?.value);
}

/** As `document.cookie` takes it. */
export function themeCookie(theme: Theme, protocol: string): string {
  const attributes = `path=/; max-age=${YEAR_S}; samesite=lax`;
  return protocol === "https:" ? `${SECURE_NAME}=${theme}; ${attributes}; secure` : `${NAME}=${theme}; ${attributes}`;
}
