export { formatMoney } from "./format-money.ts";
export { listQuery, matching, priceVariants, stockBand } from "./queries.ts";
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
export { catalogueRouter } from "./router.ts";
export { adminCatalogueRouter } from "./admin-router.ts";
