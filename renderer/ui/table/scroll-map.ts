/**
 * Maps the rows of a very long list to positions in a scrolling element. A browser lays out only so many pixels, and a
 * million rows of 32 px may be more. So the list has two heights: the true one (all rows) and the scrolled one (what
 * the element gets), and a `base` that is added to the element's scrollTop to get the true position. The base is 0
 * while the two heights are the same. Everything here is in CSS pixels.
 */

/**
 * The largest height that is scrolled exactly. Chromium lays out up to 2^25 physical pixels, but moves what it has
 * drawn by 32-bit floats, which represent every whole number up to 2^24 only: beyond it rows are a pixel off.
 */
export function maxScrollHeight(devicePixelRatio: number): number {
  return Math.floor(2 ** 24 / Math.max(1, devicePixelRatio))
}

export interface Geometry {
  /** Rows shown, headings of groups included. */
  readonly rows: number
  readonly rowHeight: number
  /** Height of the part that shows rows. */
  readonly viewport: number
  /** Height of all rows. */
  readonly trueHeight: number
  /** Height of the element's content; equal to `trueHeight` unless that is too large. */
  readonly scrollHeight: number
}

export function computeGeometry(rows: number, rowHeight: number, viewport: number, highest: number): Geometry {
  const trueHeight = rows * rowHeight
  // Never smaller than the viewport, or there would be nothing to scroll.
  const scrollHeight = Math.min(trueHeight, Math.max(highest, viewport))
  return { rows, rowHeight, viewport, trueHeight, scrollHeight }
}

export function maxTrueTop(geometry: Geometry): number {
  return Math.max(0, geometry.trueHeight - geometry.viewport)
}

export function maxScrollTop(geometry: Geometry): number {
  return Math.max(0, geometry.scrollHeight - geometry.viewport)
}

/** The true position for a scrollbar position: proportional, exact at both ends. */
export function computeTrueTop(scrollTop: number, geometry: Geometry): number {
  const max = maxScrollTop(geometry)
  if (max === 0) return 0
  return clamp(scrollTop / max, 0, 1) * maxTrueTop(geometry)
}

/** The scrollbar position for a true position, to the pixel; the inverse of `trueTopOf`. */
export function computeScrollTop(trueTop: number, geometry: Geometry): number {
  const max = maxTrueTop(geometry)
  if (max === 0) return 0
  return Math.round(clamp(trueTop / max, 0, 1) * maxScrollTop(geometry))
}

/** The base at which a scrollbar position has its proportional true position; whole, so that text stays sharp. */
export function baseAt(scrollTop: number, geometry: Geometry): number {
  return Math.round(computeTrueTop(scrollTop, geometry) - scrollTop)
}

/**
 * The base after the element scrolled. A short distance (wheel, touch, arrow) moves the rows by just that distance, so
 * the base stays; a long one (the scrollbar was dragged) is a jump to the proportional position.
 */
export function baseAfterScroll(base: number, from: number, to: number, geometry: Geometry): number {
  if (geometry.trueHeight === geometry.scrollHeight) return 0
  if (Math.abs(to - from) > geometry.viewport * 2) return baseAt(to, geometry)
  return clamp(to + base, 0, maxTrueTop(geometry)) - to
}

export interface Range {
  readonly first: number
  /** Exclusive. */
  readonly end: number
}

/** The rows that intersect the viewport, with some more on each side. */
export function visibleRange(trueTop: number, geometry: Geometry, overscan: number): Range {
  const first = Math.floor(trueTop / geometry.rowHeight) - overscan
  const end = Math.ceil((trueTop + geometry.viewport) / geometry.rowHeight) + overscan
  return { first: clamp(first, 0, geometry.rows), end: clamp(end, 0, geometry.rows) }
}

/** The nearest true position at which a row is completely in view; the present one when it already is. */
export function revealTop(row: number, trueTop: number, geometry: Geometry): number {
  const top = row * geometry.rowHeight
  const wanted = Math.min(top, Math.max(trueTop, top + geometry.rowHeight - geometry.viewport))
  return clamp(wanted, 0, maxTrueTop(geometry))
}

/** The whole rows that fit in the viewport; what Page Up and Page Down move by. */
export function rowsPerPage(geometry: Geometry): number {
  return Math.max(1, Math.floor(geometry.viewport / geometry.rowHeight) - 1)
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}
