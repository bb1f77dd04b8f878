import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState, type ClipboardEvent } from 'react'

import { notifyDone, notifyFailed } from '../notify.tsx'
import { plural } from '../relative.ts'
import type { DataColumn } from './column.ts'
import { MAX_COPY_ROWS, toTsv } from './copy.ts'
import { writeClipboard } from '../clipboard.ts'
import type { Range } from './scroll-map.ts'
import { addRange, countSelected, everything, noSelection, pickedRows, toggle, type Selection } from './selection.ts'
import { readRange, type ListSource } from './use-slices.ts'

interface SelectionInput<Row> {
  readonly source: ListSource<Row>
  readonly total: number
  readonly rowId: (row: Row) => string
  readonly rowAt: (index: number) => Row | undefined
  readonly columns: readonly DataColumn<Row>[]
  readonly noun: readonly [one: string, many: string]
}

export interface SelectionControl<Row> {
  readonly value: Selection<Row>
  readonly clear: () => void
  readonly toggle: (index: number) => void
  /** Adds rows, reading those that are not loaded. */
  readonly add: (range: Range) => void
  readonly selectAll: () => void
  readonly toggleAll: () => void
  /** Copies what is selected. */
  readonly copy: () => void
  /** What is selected, in the order of the list; rows that are not loaded are read first. */
  readonly read: () => Promise<readonly Row[]>
  /** The browser's own copy: what is selected, else the row at `data-copy-row`. */
  readonly onCopy: (event: ClipboardEvent) => void
  /** The row that Ctrl+C copies while nothing is selected. */
  readonly fallback: { current: number }
}

/** What is selected in a list, and its way to the clipboard. Another filter or sort begins with nothing selected. */
export function useSelection<Row>(input: SelectionInput<Row>): SelectionControl<Row> {
  const { source, total, rowId, rowAt, columns, noun } = input
  const client = useQueryClient()
  const [held, setHeld] = useState({ key: source.key, selection: noSelection<Row>() })
  const fallback = useRef(0)
  const value = held.key === source.key ? held.selection : noSelection<Row>()
  const change = (next: (now: Selection<Row>) => Selection<Row>): void =>
    setHeld((now) => ({
      key: source.key,
      selection: next(now.key === source.key ? now.selection : noSelection<Row>()),
    }))

  const count = countSelected(value, total)
  const tooMany = (): void =>
    notifyFailed(
      new Error(
        `${plural(count, noun[0], noun[1])} are too many for the clipboard, which takes ${MAX_COPY_ROWS.toLocaleString('en')}. Filter the list, or export it under Files.`,
      ),
    )
  const say = (copied: number): void => notifyDone({ message: `Copied ${plural(copied, noun[0], noun[1])}` })

  /** Rows at hand at once; null when they have to be read first. */
  const atHand = (): readonly Row[] | null => {
    if (value.mode === 'some' && value.rows.size > 0) return pickedRows(value.rows)
    if (value.mode === 'all') return null
    const row = rowAt(fallback.current)
    return row === undefined ? [] : [row]
  }

  const readAll = async (): Promise<readonly Row[]> => {
    const rows = await readRange(client, source, { first: 0, end: total })
    return value.mode === 'all' ? rows.filter((row) => !value.except.has(rowId(row))) : rows
  }

  const copy = (): void => {
    if (count > MAX_COPY_ROWS) return tooMany()
    const rows = atHand()
    const done = async (): Promise<void> => {
      const all = rows ?? (await readAll())
      if (await writeClipboard(toTsv(columns, all))) say(all.length)
      else notifyFailed(new Error('The clipboard did not take the rows. Select fewer of them and press Ctrl+C.'))
    }
    done().catch(notifyFailed)
    return undefined
  }

  return {
    value,
    fallback,
    clear: () => change(noSelection),
    toggle: (index) => {
      const row = rowAt(index)
      if (row !== undefined) change((now) => toggle(now, rowId(row), index, row))
    },
    add: (range) => {
      const loaded = Array.from({ length: range.end - range.first }, (_, place) => rowAt(range.first + place))
      const add = (rows: readonly Row[]): void => change((now) => addRange(now, range.first, rows, rowId))
      if (loaded.every((row) => row !== undefined)) return add(loaded)
      readRange(client, source, range).then(add, notifyFailed)
      return undefined
    },
    selectAll: () => change(everything),
    toggleAll: () => change(count === total ? noSelection : everything),
    copy,
    read: async () => (count === 0 ? [] : (atHand() ?? (await readAll()))),
    onCopy: (event) => {
      // Text that is marked with the mouse is what the person means.
      if (getSelection()?.toString()) return
      event.preventDefault()
      const rows = count > MAX_COPY_ROWS ? null : atHand()
      if (rows === null) return copy()
      if (rows.length === 0) return
      event.clipboardData.setData('text/plain', toTsv(columns, rows))
      say(rows.length)
    },
  }
}
