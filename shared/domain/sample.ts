/** How much the sample agency holds, for the words that introduce it; a test counts the agency. */
export const SAMPLE = { clients: 5, providers: 6, people: 88, keys: 137 } as const
