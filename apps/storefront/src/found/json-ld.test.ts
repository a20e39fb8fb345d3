import { expect, it } from "vitest";
import { breadcrumb, decimalPrice, inPage, organisation, productData } from "./json-ld.ts";

const URL = "https://shop.test";

const variant = (sku: string, amount: number, stock: "in" | "low" | "out") => ({
  sku,
  name: sku === "A" ? "Oat" : "Ink",
  options: {},
  price: { amount, currency: "USD" },
  image: "",
  stock,
});

const vase = {
  slug: "vase",
  name: "Vase",
  category: "ceramics",
  categoryName: "Ceramics",
  summary: "A vase.",
  description: "A tall vase </script>.",
  details: [],
  image: "",
  variants: [variant("A", 6800, "in"), variant("B&C", 7205, "out")],
};

it("each variant is an offer with its own price, availability and page", () => {
  expect(productData(URL, vase)).toMatchObject({
    "@type": "Product",
    url: "https://shop.test/p/vase",
    offers: [
      { sku: "A", name: "Vase, Oat", price: "68.00", priceCurrency: "USD", availability: "https://schema.org/InStock" },
      {
        sku: "B&C",
        url: "https://shop.test/p/vase?sku=B%26C",
        price: "72.05",
        availability: "https://schema.org/OutOfStock",
      },
    ],
  });
});

it("a price has as many decimals as its currency", () => {
  expect(decimalPrice({ amount: 5, currency: "USD" })).toBe("0.05");
  expect(decimalPrice({ amount: 1200, currency: "JPY" })).toBe("1200");
});

it("a text of a product cannot end the element that it stands in", () => {
  const html = inPage(productData(URL, vase));
  expect(html).not.toContain("<");
  expect(JSON.parse(html)).toMatchObject({ description: vase.description });
});

it("breadcrumbs are numbered, and the last is no link", () => {
  const steps = [{ label: "Everything", href: "/products" }, { label: "Vase" }];
  expect(breadcrumb(URL, steps)).toMatchObject({
    itemListElement: [
      { position: 1, name: "Everything", item: "https://shop.test/products" },
      { position: 2, name: "Vase" },
    ],
  });
});

it("the organisation is told once and the site refers to it", () => {
  const { "@graph": graph } = organisation(URL, "hello@shop.test") as { "@graph": object[] };
  expect(graph).toMatchObject([
    { "@id": "https://shop.test/#shop" },
    { publisher: { "@id": "https://shop.test/#shop" } },
  ]);
});
