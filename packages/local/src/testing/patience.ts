/** What every test file starts with: a wait for a condition has ten seconds unless it says otherwise, not the one of Vitest. */
import { vi } from "vitest";

const PATIENCE = { timeout: 10_000, interval: 25 };
const { waitFor, waitUntil } = vi;

vi.waitFor = (callback, options = PATIENCE) => waitFor(callback, options);
vi.waitUntil = (callback, options = PATIENCE) => waitUntil(callback, options);
