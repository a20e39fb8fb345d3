import type { Outputs } from "../console/trpc.ts";

export type Product = Outputs["catalogue"]["bySlug"];
export type Variant = Product["variants"][number];
