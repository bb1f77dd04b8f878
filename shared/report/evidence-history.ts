import { isVoidReason, type VoidReason } from '../team/verdict.ts'

/** The two logs of a pack of form 2: that of the team from its first entry, and the client's decisions from the opening of the review. */
export const LOGS = ['team', 'client'] as const
export type Log = (typeof LOGS)[number]

/** The files of each log. Line n of the operations is the text that line n of the entries has the hash of; empty: not shown. */
export const HISTORY_FILES: Readonly<Record<Log, { readonly entries: string; readonly operations: string }>> = {
  team: { entries: 'team-entries.txt', operations: 'team-operations.jsonl' },
  client: { entries: 'client-entries.txt', operations: 'client-operations.jsonl' },
}

/** An entry of a log as a pack shows it: all that its device signed, and of the sealed bytes their hash. Bytes are in hex. */
export interface HistoryEntry {
  readonly seq: number
  /** The head of the log before it. */
  readonly previous: string
  readonly stream: string
  readonly op: string
  readonly device: string
  readonly deviceSeq: number
  readonly generation: number
  readonly opset: number
  readonly teamSeq: number
  readonly opHash: string
  readonly sealedHash: string
  readonly signature: string
  /** The head of the log after it. */
  readonly head: string
  /** Null: it has an effect. */
  readonly reason: VoidReason | null
}

const EFFECTIVE = 'effective'
const VOID = 'void:'

/** The line of an entry, its fields with blanks between them. */
export function historyLine(entry: HistoryEntry): string {
  const { reason, ...fields } = entry
  return [...ORDER.map((name) => fields[name]), reason === null ? EFFECTIVE : `${VOID}${reason}`].join(' ')
}

const ORDER = [
  'seq',
  'previous',
  'stream',
  'op',
  'device',
  'deviceSeq',
  'generation',
  'opset',
  'teamSeq',
  'opHash',
  'sealedHash',
  'signature',
  'head',
] as const satisfies readonly (keyof HistoryEntry)[]

const COUNT = '(?:0|[1-9]\\d{0,15})'
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const SHAPES: Readonly<Record<(typeof ORDER)[number], string>> = {
  seq: COUNT,
  previous: '[0-9a-f]{64}',
  stream: UUID,
  op: UUID,
  device: UUID,
  deviceSeq: COUNT,
  generation: '\\d{1,9}',
  opset: '\\d{1,9}',
  teamSeq: COUNT,
  opHash: '[0-9a-f]{64}',
  sealedHash: '[0-9a-f]{64}',
  signature: '[0-9a-f]{128}',
  head: '[0-9a-f]{64}',
}
const LINE = new RegExp(
  `^${ORDER.map((name) => `(?<${name}>${SHAPES[name]})`).join(' ')} (?<effect>${EFFECTIVE}|${VOID}[a-z-]{1,40})$`,
  'u',
)

/** The entry of a line; null where it is not one. */
export function parseHistoryLine(line: string): HistoryEntry | null {
  const found = LINE.exec(line)?.groups
  if (found === undefined) return null
  const { effect = '', ...fields } = found
  const reason = effect === EFFECTIVE ? null : effect.slice(VOID.length)
  if (reason !== null && !isVoidReason(reason)) return null
  const entry = {
    ...fields,
    ...Object.fromEntries(COUNTED.map((name) => [name, Number(fields[name])])),
    reason,
  } as unknown as HistoryEntry
  return COUNTED.every((name) => Number.isSafeInteger(entry[name])) ? entry : null
}

const COUNTED = ['seq', 'deviceSeq', 'generation', 'opset', 'teamSeq'] as const
