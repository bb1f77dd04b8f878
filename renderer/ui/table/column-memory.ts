import { useCallback, useSyncExternalStore } from 'react'
import { z } from 'zod'

/**
 * Which columns of a table are shown, in which order and how wide (in px; left out: by their content). Ids that the
 * table no longer has are ignored.
 */
export const layoutSchema = z.object({
  order: z.array(z.string()),
  visible: z.record(z.string(), z.boolean()),
  widths: z.record(z.string(), z.number().int().min(20).max(2000)).default({}),
})

export type ColumnLayout = z.output<typeof layoutSchema>

const NOTHING: ColumnLayout = { order: [], visible: {}, widths: {} }

const layouts = new Map<string, ColumnLayout>()
const listeners = new Set<() => void>()

const getKey = (table: string): string => `castellan-columns-${table}`

/**
 * The remembered layout of a table, or an empty one. When storage is missing or refused (an opaque origin), it is kept
 * in memory.
 */
export function readLayout(table: string): ColumnLayout {
  const held = layouts.get(table)
  if (held) return held
  const layout = stored(table) ?? NOTHING
  layouts.set(table, layout)
  return layout
}

function stored(table: string): ColumnLayout | null {
  try {
    const text = localStorage.getItem(getKey(table))
    return text === null ? null : (layoutSchema.safeParse(JSON.parse(text)).data ?? null)
  } catch {
    return null
  }
}

/** Remembers a layout; null resets the table. */
export function writeLayout(table: string, layout: ColumnLayout | null): void {
  layouts.set(table, layout ?? NOTHING)
  try {
    if (layout === null) localStorage.removeItem(getKey(table))
    else localStorage.setItem(getKey(table), JSON.stringify(layout))
  } catch {
    // Kept in memory until the window closes.
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useColumnLayout(
  table: string,
): readonly [ColumnLayout, (change: (layout: ColumnLayout) => ColumnLayout | null) => void] {
  const read = (): ColumnLayout => readLayout(table)
  const layout = useSyncExternalStore(subscribe, read, read)
  const change = useCallback(
    (next: (layout: ColumnLayout) => ColumnLayout | null) => writeLayout(table, next(readLayout(table))),
    [table],
  )
  return [layout, change]
}

/** Moves a column one place to the left (-1) or right (1) in a complete order; no change at the edge. */
export function moveColumn(order: readonly string[], id: string, by: -1 | 1): string[] {
  const from = order.indexOf(id)
  const to = from + by
  if (from === -1 || to < 0 || to >= order.length) return [...order]
  const moved = order.filter((each) => each !== id)
  moved.splice(to, 0, id)
  return moved
}

/** Moves a column to the place of another one in a complete order, as when it is dropped there. */
export function dropColumn(order: readonly string[], id: string, on: string): string[] {
  const from = order.indexOf(id)
  const to = order.indexOf(on)
  if (from === -1 || to === -1) return [...order]
  const moved = order.filter((each) => each !== id)
  moved.splice(to, 0, id)
  return moved
}
