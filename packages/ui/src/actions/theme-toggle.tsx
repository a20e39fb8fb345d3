"use client";
import Moon from "lucide-react/icons/moon";
import Sun from "lucide-react/icons/sun";
import { IconButton } from "./icon-button.tsx";
import { themeCookie, themeFrom, type Theme } from "./theme-cookie.ts";

function themeNow(): Theme {
  const preferred = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  return themeFrom(document.documentElement.dataset["theme"]) ?? preferred;
}

function flipTheme(): void {
  const next = themeNow() === "dark" ? "light" : "dark";
  document.documentElement.dataset["theme"] = next;
  document.cookie = themeCookie(next, location.protocol);
}

/** Switches between light and dark and remembers it. The icon is chosen by CSS, so server and browser agree. */
export function ThemeToggle({ size = "md" }: { size?: "sm" | "md" | undefined }) {
  return (
    <IconButton
      label="Switch between light and dark"
      size={size}
      onClick={flipTheme}
      icon={
        <>
          <Moon size={16} aria-hidden="true" className="dark:hidden" />
          <Sun size={16} aria-hidden="true" className="hidden dark:block" />
        </>
      }
    />
  );
}
