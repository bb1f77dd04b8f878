/** The key of every register of the tests. */
export const KEY = new Uint8Array(32).fill(7)
