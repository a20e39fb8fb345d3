/** The columns of the failures, for the table and for its skeleton. */
export const groupColumns = [
  "Consumer",
  "Error",
  "Holds up",
  "Parked",
  "Retrying",
  "Waiting",
  "New, last hour",
  "First",
  "Last",
  "Retry",
] as const;
