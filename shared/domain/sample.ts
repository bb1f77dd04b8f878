/** How much the sample agency holds, for the words that introduce it; a test counts the agency. */
export const SAMPLE = { clients: 6, providers: 2, people: 150, keys: 400 } as const
