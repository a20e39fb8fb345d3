/**
 * A request as a span: where a trace begins. A visitor may send a `traceparent`; it is linked and not adopted, so that
 * an outsider does not decide which trace our work belongs to, or whether it is recorded.
 */
import { inSpan, linkTo, SpanKind, spanFailed } from "@tillstream/runtime";

type Handle = (request: Request) => Promise<Response>;

/** @param route as it is declared, without what varies */
export function traceRequests(route: string, handle: Handle): Handle {
  return (request) => {
    const { method } = request;
    const attributes = { "http.request.method": method, "http.route": route };
    const links = [linkTo(request.headers.get("traceparent"))];
    return inSpan(
      { name: `${method} ${route}`, kind: SpanKind.SERVER, root: true, attributes, links },
      async (span) => {
        const response = await handle(request);
        span.setAttribute("http.response.status_code", response.status);
        if (response.status >= 500) spanFailed(span, String(response.status));
        return response;
      },
    );
  };
}
