/** The audit's columns, also for its skeleton on the server. */
export const auditColumns = ["Did", "When", "Who", "To", "Why"] as const;
