import { expect, it } from "vitest";
import { themeCookie, themeIn } from "./theme-cookie.ts";

const jar = (text: string) => {
  const [name, value = ""] = (text.split(";")[0] ?? "").split("=");
  return { get: (wanted: string) => (wanted === name ? { value } : undefined) };
};

it.each(["http:", "https:"])("the theme that is chosen over %s is the one of the next page", (protocol) => {
  expect(themeIn(jar(themeCookie("dark", protocol)))).toBe("dark");
});

it("over https the cookie of the theme is of this host alone; nonsense in it leaves the choice to the system", () => {
  expect(themeCookie("light", "https:")).toMatch(/^__Host-theme=light; path=\/;.*; secure$/);
  expect(themeIn(jar("theme=<script>"))).toBeUndefined();
});
