/** Prometheus' metrics of this process and of the whole system, with the setting `INTERNAL_METRICS`. */
import { server } from "../../server/services.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

export function GET(): Promise<Response> {
  return server().metrics();
}
