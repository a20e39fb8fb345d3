/** Where what was changed can be looked at. */
import { productHref } from "../catalogue/catalogue-filters.ts";
import { deadLettersHref, deadLetterHref } from "../links/dead-letters.ts";
import { customerHref, orderHref, projectionHref, sagaHref, stockItemHref } from "../links/events.ts";

/**
 * @param action the procedure
 * @param subject of the row: a name or id, or several of them
 * @returns undefined for a subject without a page
 */
export function subjectHref(action: string, subject: string): string | undefined {
  switch (action.split(".")[0]) {
    case "projections":
      return projectionHref(subject);
    case "consumers":
      return deadLettersHref({ consumer: subject });
    case "workers":
      return "/workers";
    case "sagas":
      return sagaHref(subject);
    case "orders":
      return orderHref(subject);
    case "customers":
      return customerHref(subject);
    case "catalogue":
      return action === "catalogue.updateProduct" || action === "catalogue.createProduct"
        ? productHref(subject)
        : stockItemHref(subject);
    case "stock":
      return stockItemHref(subject);
    case "deadLetters":
      return action !== "deadLetters.stopRetry" && /^\d+$/.test(subject) ? deadLetterHref(subject) : "/dead-letters";
    case "payments":
      return "/reconciliation";
    default:
      return undefined;
  }
}
