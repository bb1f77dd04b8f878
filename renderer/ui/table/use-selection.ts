import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState, type ClipboardEvent } from 'react'

import { notifyDone, notifyFailed } from '../notify.tsx'
import { plural } from '../relative.ts'
import type { DataColumn } from './column.ts'
import { writeClipboard } from '../clipboard.ts'
import type { Range } from './scroll-map.ts'
import { addRange, countSelected, everything, noSelection, pickedRows, toggle, type Selection } from './selection.ts'
import { readRange, type ListSource } from './use-slices.ts'
import { tsvCell } from '../spreadsheet-text.ts'

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
  /** Adds rows to the selection; rows that are not loaded are read. */
  readonly add: (range: Range) => void
  readonly selectAll: () => void
  readonly toggleAll: () => void
  readonly copy: () => void
  /** The selected rows, in the order of the list; rows that are not loaded are read first. */
  readonly read: () => Promise<readonly Row[]>
  /** Handles the browser's own copy: the selection, else the row at `data-copy-row`. */
  readonly onCopy: (event: ClipboardEvent) => void
  /** The row that Ctrl+C copies without a selection. */
  readonly fallback: { current: number }
}

/** The selection of a list, and how it is copied. Another filter or sort clears it. */
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
        `${plural(count, noun[0], noun[1])} are too many for the clipboard, whose limit is ${MAX_COPY_ROWS.toLocaleString('en')}. Filter the list, or export it under Import & export.`,
      ),
    )
  const say = (copied: number): void => notifyDone({ message: `Copied ${plural(copied, noun[0], noun[1])}` })

  /** Rows that are loaded; null when they have to be read first. */
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
      else notifyFailed(new Error('Couldn’t copy to the clipboard. Select fewer rows and press Ctrl+C.'))
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
      // Text that is marked with the mouse takes precedence.
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

/** More rows than this need a file instead of the clipboard. */
const MAX_COPY_ROWS = 20_000

/** Rows as tab-separated text with a header line, which spreadsheets can paste. */
export function toTsv<Row>(columns: readonly Pick<DataColumn<Row>, 'header' | 'text'>[], rows: readonly Row[]): string {
  const lines = rows.map((row) => columns.map((column) => tsvCell(column.text(row))).join('\t'))
  return [columns.map((column) => tsvCell(column.header)).join('\t'), ...lines].join('\n')
}
