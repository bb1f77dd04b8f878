/** 32-bit numbers that identify one request; they are evenly distributed. */
export const REQUEST_WIDTH = 3

/** A set of requests to look others up in. It is created once and cleared for each set, since its arrays are reused. */
export interface KnownRequests {
  /** Clears the set, adds the stored requests, and reserves room for more. */
  begin(kept: readonly Uint32Array[], more: number): void
  /** True if a request is new; it is then added to the set. */
  add(a: number, b: number, c: number): boolean
}

/** An empty set of requests by their numbers; it grows in place. */
export function newKnownRequests(): KnownRequests {
  let all = new Uint32Array(0)
  // Position in `all` plus one, at the slot given by the last number; 0 for an empty slot.
  let places = new Uint32Array(0)
  let [mask, size] = [0, 0]

  const add = (a: number, b: number, c: number): boolean => {
    let place = c & mask
    for (;;) {
      const at = (places[place] ?? 0) - 1
      if (at === -1) break
      if (all[at] === a && all[at + 1] === b && all[at + 2] === c) return false
      place = (place + 1) & mask
    }
    all[size] = a
    all[size + 1] = b
    all[size + 2] = c
    places[place] = size + 1
    size += REQUEST_WIDTH
    return true
  }
  return {
    add,
    begin(kept, more) {
      const needed = kept.reduce((sum, { length }) => sum + length, more * REQUEST_WIDTH)
      if (needed > all.length) all = new Uint32Array(needed * 2)
      // At most half full, so that a search probes few neighbours.
      const room = 2 ** Math.ceil(Math.log2((needed / REQUEST_WIDTH) * 2 + 1))
      if (room > places.length) places = new Uint32Array(room)
      else places.fill(0, 0, room)
      mask = room - 1
      size = 0
      for (const requests of kept) {
        for (let at = 0; at < requests.length; at += REQUEST_WIDTH) {
          add(requests[at] ?? 0, requests[at + 1] ?? 0, requests[at + 2] ?? 0)
        }
      }
    },
  }
}
