import { InvalidArgumentError, Option } from 'commander'

import type { Command } from './command.ts'
import { Misuse } from './failure.ts'

const LIST_FORMATS = ['table', 'json', 'csv', 'md'] as const
type ListFormat = (typeof LIST_FORMATS)[number]

export interface Layout {
  readonly format: ListFormat
  /** The JSON keys that the command line names, in its order; null: the usual columns, and every key in JSON and CSV. */
  readonly keys: readonly string[] | null
  /** Every column of the table, and nothing cut. */
  readonly isWide: boolean
}

interface Options {
  readonly format?: string
  readonly columns?: readonly string[]
}

const WIDE = 'wide'

interface ListMore {
  /** Formats of its own. */
  readonly formats?: readonly string[]
  /** Values of another list that it prints with an option of its own. */
  readonly also?: readonly { readonly key: string }[]
}

/** Makes a command print a list: its JSON keys in the help, `--format` and `--columns`. */
export function asList(
  command: Command,
  fields: readonly { readonly key: string }[],
  { formats = [], also = [] }: ListMore = {},
): void {
  const keys = [...new Set([...fields, ...also].map(({ key }) => key))]
  command.addOption(new Option('--format <format>', 'how to print it').choices([...LIST_FORMATS, ...formats]))
  command.addOption(
    new Option(
      '-o, --columns <keys>',
      'only these JSON keys, as name,status; wide: every column of the table, uncut',
    ).argParser((text) => parseKeys(text, keys)),
  )
  command.prints(fields)
}

function parseKeys(text: string, known: readonly string[]): readonly string[] {
  const keys = text
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '')
  const strange = keys.find((key) => key !== WIDE && !known.includes(key))
  if (strange === undefined && keys.length > 0) return keys
  throw new InvalidArgumentError(`Write wide, or one or more of ${known.join(', ')}.`)
}

/** How the command line asks to print. Throws `Misuse` for `--json` together with another format. */
export function readLayout(command: Command, json: boolean): Layout {
  const isList = command.options.some(({ long }) => long === '--columns')
  const { format, columns = [] } = isList ? command.opts<Options>() : {}
  if (json && format !== undefined && format !== 'json') {
    throw new Misuse(`--json and --format ${format} contradict each other.`, 'Give one of them.')
  }
  const keys = columns.filter((key) => key !== WIDE)
  return {
    format: LIST_FORMATS.find((each) => each === format) ?? (json ? 'json' : 'table'),
    keys: keys.length === 0 ? null : keys,
    isWide: columns.includes(WIDE),
  }
}
