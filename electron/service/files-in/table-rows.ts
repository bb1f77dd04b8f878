import type { Table } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

import { FILE_LIMITS } from '../../../shared/domain/file-limits.ts'
import type { SourceRow } from '../../../shared/domain/import/table.ts'
import { plainText } from './plain-text.ts'

export interface RawRow {
  readonly line: number
  /** As written in the file. */
  readonly text: string
}

/** The library reads about two thousand rows a second; registers have tens of thousands of plain ones. */
const ROWS_AT_ONCE = 200

/** How much work of reading markup a file may still cause, in squares of the signs in a line. */
export interface MarkupWork {
  left: number
}

export function newMarkupWork(): MarkupWork {
  return { left: FILE_LIMITS.markupWork }
}

/** A sign behind a backslash is text. */
const SIGN = /\\.|[*_~[\]`<&!]/gu

/** True if a line with markup may still be read; it uses up the work that it causes. */
export function spendWork(work: MarkupWork, line: string): boolean {
  const signs = (line.match(SIGN) ?? []).filter((sign) => sign.length === 1).length
  work.left -= signs * signs
  return work.left >= 0 && signs <= FILE_LIMITS.markupSigns
}

/**
 * The rows of a GFM table as plain text. Cells without markup are read directly; the others by the library, which is
 * the authority (a property test compares the two). Rows too long to be read are returned by line.
 */
export function readTableRows(
  rows: readonly RawRow[],
  work: MarkupWork = newMarkupWork(),
): {
  readonly rows: readonly SourceRow[]
  readonly tooLong: readonly number[]
} {
  const result: (SourceRow | null)[] = []
  const marked: { readonly at: number; readonly line: number; readonly cells: readonly string[] }[] = []
  const tooLong: number[] = []
  for (const { line, text } of rows) {
    const cells = splitRow(text)
    const plain = cells.map(simpleText)
    if (plain.every((cell) => cell !== null)) result.push({ line, cells: plain })
    else if (text.length > FILE_LIMITS.markupRow || !spendWork(work, text)) tooLong.push(line)
    else {
      marked.push({ at: result.length, line, cells })
      result.push(null)
    }
  }
  for (let from = 0; from < marked.length; from += ROWS_AT_ONCE) {
    const batch = marked.slice(from, from + ROWS_AT_ONCE)
    const texts = markedTexts(batch.map((row) => row.cells))
    for (const [index, row] of batch.entries()) result[row.at] = { line: row.line, cells: texts[index] ?? [] }
  }
  return { rows: result.filter((row) => row !== null), tooLong }
}

/** Cuts a row at its pipes; a backslash quotes a pipe or a backslash (GFM 4.10). Cells keep their markup. */
export function splitRow(text: string): string[] {
  const cells: string[] = []
  const row = text.trim().replace(/^\|/u, '')
  let cell = ''
  for (let at = 0; at < row.length; at += 1) {
    const character = row[at]
    if (character === '\\' && (row[at + 1] === '\\' || row[at + 1] === '|')) {
      cell += `\\${row[at + 1]}`
      at += 1
    } else if (character === '|') {
      cells.push(trimmed(cell))
      cell = ''
    } else cell += character
  }
  return cell.trim() === '' && cells.length > 0 ? cells : [...cells, trimmed(cell)]
}

function trimmed(cell: string): string {
  return cell.replaceAll(/^[ \t]+|[ \t]+$/gu, '')
}

/** An address in angle brackets at the end, as people write it beside a name. A bracket behind a backslash is text. */
const ADDRESS = /^(.*?)(?<!\\)(<[A-Za-z0-9.+_-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9]+)+>)$/su

/** The text of a cell, when it contains no markup but backslashes before punctuation; else null. */
export function simpleText(cell: string): string | null {
  if (!/[\\`*_[<&~\t\0]/u.test(cell)) return cell
  const address = ADDRESS.exec(cell)
  if (address) {
    const name = simpleText(address[1] ?? '')
    return name === null ? null : name + (address[2] ?? '')
  }
  // Inside a link that is written bare, a backslash is part of the link.
  if (cell.includes('\\') && /www\.|:\/\/|(?<!\\)@/iu.test(cell)) return null
  const markup = cell.replaceAll(/\\[!-/:-@[-`{-~]/gu, '')
  const words = markup.replaceAll(/(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])/gu, '').replaceAll(/&(?![#A-Za-z])/gu, '')
  if (/[`*_[<&~\t\0]/u.test(words)) return null
  return cell.replaceAll(/\\([!-/:-@[-`{-~])/gu, '$1')
}

function markedTexts(rows: readonly (readonly string[])[]): string[][] {
  const width = Math.max(1, ...rows.map((cells) => cells.length))
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const source = [
    line(Array.from({ length: width }, () => 'x')),
    line(Array.from({ length: width }, () => '-')),
    ...rows.map(line),
  ].join('\n')
  const tree = fromMarkdown(source, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  const table = tree.children.find((node): node is Table => node.type === 'table')
  return (table?.children.slice(1) ?? []).map((row) => row.children.map((cell) => plainText(cell, source).trim()))
}
