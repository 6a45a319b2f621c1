/** What one document may ask for. Told in the errors. */
export const documentLimits = {
  characters: 20_000,
  depth: 12,
  aliases: 30,
  /** Objects the answer may hold, see cost.ts. */
  cost: 20_000,
  pageSize: 100,
} as const;
