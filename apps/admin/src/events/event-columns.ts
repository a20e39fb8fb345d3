/** The history's columns, also for its skeleton on the server. */
export const eventColumns = ["Position", "Time", "Type", "Schema", "Stream", "Actor", "Correlation"] as const;
