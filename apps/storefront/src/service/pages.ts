/** The pages that answer what people ask, in the order in which they do. */
export const SERVICE_PAGES: readonly { readonly href: string; readonly label: string }[] = [
  { href: "/delivery", label: "Delivery" },
  { href: "/returns", label: "Returns" },
  { href: "/care", label: "Care" },
  { href: "/contact", label: "Contact" },
  { href: "/about", label: "About us" },
  { href: "/privacy", label: "Privacy" },
];
