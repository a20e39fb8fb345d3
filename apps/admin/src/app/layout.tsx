import { themeIn } from "@tillstream/ui";
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Tillstream", template: "%s · Tillstream" },
  description: "The operations console of Tillstream",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { colorScheme: "light dark" };

/** The document in the console's face, in the chosen theme from the first byte. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = themeIn(await cookies());
  return (
    <html lang="en" data-face="console" data-theme={theme} suppressHydrationWarning>
      <body>{children}</body>
    </html>
  );
}
