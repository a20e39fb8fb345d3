export { atMost, formatMoney, SHOP_CURRENCY } from "./format-money.ts";
export { formatDay, formatTime } from "./format-time.ts";
export { listQuery, pricedVariant, priceVariants, stockBand } from "./queries.ts";
export type {
  CategorySummary,
  Money,
  ProductCard,
  ProductDetail,
  Sort,
  StockBand,
  VariantDetail,
  PricedVariant,
} from "./queries.ts";
export type { Facet, Facets, PriceFacet } from "./facets.ts";
export { matching, toWordQuery, understand } from "./search.ts";
export type { Suggestions } from "./suggest.ts";
export { choicesOf, variantAsked } from "./options.ts";
export type { Choice, ChoiceValue } from "./options.ts";
export { catalogueRouter } from "./router.ts";
export { adminCatalogueRouter } from "./admin-router.ts";
export { listForMerchant } from "./merchant-view.ts";
export { skusOf } from "./editing.ts";
export { shelfRouter } from "./shelf-router.ts";
