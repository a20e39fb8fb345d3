/** The audit's columns, also for its skeleton on the server. */
export const auditColumns = ["Action", "When", "Who", "What", "Why"] as const;
