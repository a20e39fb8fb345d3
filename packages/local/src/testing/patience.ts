/** What every test file starts with: a wait for a condition has ten seconds unless it says otherwise, not the one of Vitest. */
import { vi } from "vitest";

const PATIENCE = { timeout: 10_000, interval: 25 };
const { waitFor, waitUntil } = vi;

// Files that share a process come by here one after the other.
if (!("isPatient" in vi))
  Object.assign(vi, {
    isPatient: true,
    waitFor: ((callback, options = PATIENCE) => waitFor(callback, options)) satisfies typeof waitFor,
    waitUntil: ((callback, options = PATIENCE) => waitUntil(callback, options)) satisfies typeof waitUntil,
  });
