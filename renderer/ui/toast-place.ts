/** A place in the window, in px. */
export interface WindowArea {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** True if half of a thing or more is under another. */
export function isCovered(thing: WindowArea, over: WindowArea): boolean {
  const across = Math.min(thing.left + thing.width, over.left + over.width) - Math.max(thing.left, over.left)
  const down = Math.min(thing.top + thing.height, over.top + over.height) - Math.max(thing.top, over.top)
  return across > 0 && down > 0 && across * down * 2 >= thing.width * thing.height
}
