/** What the page says of which there is one for every address that no page has. */
export const NOT_HERE = {
  title: "This page is not here",
  text: "It may have been moved, or the link lacks a part. What we do have is on the shelves.",
  ways: [
    { href: "/products", label: "See everything" },
    { href: "/search", label: "Search" },
    { href: "/", label: "To the front of the shop" },
  ],
} as const;
