import { copyText } from '../copy.ts'
import { visibleText } from '../text.ts'
import type { DataColumn } from './column.ts'

/** More than this is a file, not a clipboard. */
export const MAX_COPY_ROWS = 20_000

/** What a spreadsheet would take for a formula when it is pasted (OWASP, CSV injection). A plain number is none. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/u
const NUMBER = /^-?\d+(?:\.\d+)?$/u

/**
 * A cell as it may stand in tab-separated text: on one line, without hidden characters, and never a formula. A leading
 * apostrophe is what spreadsheets themselves use to mark text.
 */
export function tsvCell(text: string): string {
  const line = visibleText(text.replaceAll(/[\s\u2028\u2029]+/gu, ' ').trim())
  return FORMULA.test(line) && !NUMBER.test(line) ? `'${line}` : line
}

/** Rows as tab-separated text with a header line, as spreadsheets paste it. */
export function tsvOf<Row>(columns: readonly Pick<DataColumn<Row>, 'header' | 'text'>[], rows: readonly Row[]): string {
  const lines = rows.map((row) => columns.map((column) => tsvCell(column.text(row))).join('\t'))
  return [columns.map((column) => tsvCell(column.header)).join('\t'), ...lines].join('\n')
}

/**
 * Puts text on the clipboard; where the asynchronous clipboard is missing (no secure context), by the `copy` command,
 * which needs a recent key or click.
 *
 * @returns whether it went through
 */
export async function writeClipboard(text: string): Promise<boolean> {
  return (await copyText(text)) || copyByCommand('text/plain', text)
}

/** Puts something on the clipboard by the `copy` command, which needs a recent key or click. */
export function copyByCommand(type: 'text/plain' | 'text/html', text: string): boolean {
  let filled = false
  const fill = (event: ClipboardEvent): void => {
    event.clipboardData?.setData(type, text)
    event.preventDefault()
    // Before the list's own handler, which would copy again.
    event.stopImmediatePropagation()
    filled = event.clipboardData !== null
  }
  document.addEventListener('copy', fill, { capture: true, once: true })
  const done = document.execCommand('copy')
  document.removeEventListener('copy', fill, { capture: true })
  return done && filled
}
