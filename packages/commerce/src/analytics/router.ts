import { procedureFor, router } from "@tillstream/trpc";
import { z } from "zod";
import { readHeartbeat } from "./heartbeat.ts";
import { latestFunnel } from "./order-funnel.ts";
import { latestSales } from "./projections/sales-by-day.ts";

export const analyticsRouter = router({
  heartbeat: procedureFor("viewer")
    .input(z.strictObject({ minutes: z.int().min(1).max(120).default(30) }).prefault({}))
    .query(({ ctx, input }) => readHeartbeat(ctx.db, input.minutes)),

  salesByDay: procedureFor("viewer")
    .input(z.strictObject({ days: z.int().min(1).max(366).default(30) }).prefault({}))
    .query(({ ctx, input }) => latestSales(ctx.db, input.days)),

  funnelByDay: procedureFor("viewer")
    .input(z.strictObject({ days: z.int().min(1).max(366).default(30) }).prefault({}))
    .query(({ ctx, input }) => latestFunnel(ctx.db, input.days)),
});
