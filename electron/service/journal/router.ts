import { journalContract, type JournalEntryView } from '../../../shared/contract/journal.ts'
import { OPERATIONS } from '../../../shared/decisions/operations.ts'
import { RECORD_WORDS } from '../../../shared/decisions/records.ts'
import type { Reader } from '../../register/db/handles.ts'
import { journalHead } from '../../register/db/journal.ts'
import { clientRefs, type Entry, entryIds, entryRows } from '../../register/read/journal.ts'
import { findWithoutEffect } from '../../register/team/entries.ts'
import { assertWritable, type Context, getReader } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import type { Session } from '../core/session.ts'
import { readSlice } from '../core/slices.ts'
import { notFound, Refusal } from '../kit/refusal.ts'
import { describeUnrecorded, findLater, findUnrecorded, MOST_LOOKED } from './history.ts'
import { undoEntry, whyNever } from './undo.ts'
import { createUndoApi } from './undo-api.ts'

const os = implementArea({ journal: journalContract })

const WORDS: Readonly<Record<string, string>> = {
  ...RECORD_WORDS,
  ...Object.fromEntries(Object.entries(OPERATIONS).map(([kind, { words }]) => [kind, words])),
}

function sayAction(action: string): string {
  const exported = action.replace(/\.failed$/u, '')
  const words = Object.hasOwn(WORDS, exported) ? WORDS[exported] : undefined
  return words === undefined ? action : exported === action ? words : `${words}: failed`
}

/** The actions whose words for people contain a text. */
function listNamed(search: string | undefined): readonly string[] {
  const text = search?.trim().toLowerCase() ?? ''
  if (text === '') return []
  return Object.keys(WORDS)
    .flatMap((action) => [action, `${action}.failed`])
    .filter((action) => sayAction(action).toLowerCase().includes(text))
}

/** Why each of some entries cannot be undone, by its number; those that can be are left out. */
function explainEach(reader: Reader, entries: readonly Entry[]): ReadonlyMap<number, string> {
  const oldest = journalHead(reader).seq - MOST_LOOKED
  const none = findWithoutEffect(
    reader,
    entries.map(({ seq }) => seq),
  )
  const open = entries.filter(({ seq, action }) => seq > oldest && whyNever(action) === null && !none.has(seq))
  const later = findLater(reader, open)
  const unrecorded = findUnrecorded(
    reader,
    open.filter(({ seq }) => !later.has(seq)),
  )
  return new Map(
    entries.flatMap(({ seq, action }): [number, string][] => {
      const never = whyNever(action)
      const since = later.get(seq)
      const by = unrecorded.get(seq)
      if (none.has(seq)) return [[seq, 'It did not take effect in the team. Team shows why.']]
      if (never !== null) return [[seq, never]]
      if (seq <= oldest) return [[seq, `${MOST_LOOKED} entries followed. Change it where it is listed.`]]
      if (since !== undefined) return [[seq, `Entry ${since} undid, changed or ended it.`]]
      return by === undefined ? [] : [[seq, describeUnrecorded(by)]]
    }),
  )
}

function toViews(context: Context, entries: readonly Entry[]): JournalEntryView[] {
  const reader = getReader(context)
  const clients = clientRefs(reader)
  const why = explainEach(reader, entries)
  return entries.map(({ seq, at, operator, action, client, subject }) => ({
    entry: seq,
    at,
    operator,
    action,
    says: sayAction(action),
    client: client === null ? null : (clients.get(client) ?? null),
    subject,
    whyNot: why.get(seq) ?? null,
  }))
}

function existing(context: Context, seq: number): Entry {
  const [entry] = entryRows(getReader(context), [seq])
  if (entry === undefined) throw notFound(`Entry ${seq} of the audit log`, 'List the entries: castellan log list.')
  return entry
}

/** By open profile, the last undo: the next one waits for it, so that one entry is not undone twice. */
const TURNS = new WeakMap<Session, Promise<unknown>>()

function inTurn<T>(session: Session, work: () => Promise<T>): Promise<T> {
  const mine = (TURNS.get(session) ?? Promise.resolve()).then(work)
  TURNS.set(
    session,
    mine.catch(() => undefined),
  )
  return mine
}

async function undo(context: Context, seq: number): Promise<JournalEntryView> {
  const entry = existing(context, seq)
  const [undone] = toViews(context, [entry])
  if (undone === undefined || undone.whyNot !== null) {
    throw new Refusal(
      'CONFLICT',
      `Entry ${entry.seq} of the audit log cannot be undone. ${undone?.whyNot ?? ''}`,
      'castellan log list shows what can be undone.',
    )
  }
  await undoEntry(createUndoApi(context), getReader(context), entry)
  return undone
}

export const journalRouter = {
  list: os.journal.list.handler(({ context, input }) => {
    const ids = (query: Pick<typeof input, 'client' | 'search'>): number[] =>
      entryIds(getReader(context), { ...query, actions: listNamed(query.search) })
    return readSlice(context, { list: 'journal', query: input, ids }, (page) =>
      toViews(context, entryRows(getReader(context), page)),
    )
  }),
  undo: os.journal.undo.handler(async ({ context, input }) => {
    assertWritable(context)
    return { undone: await inTurn(context.session(), () => undo(context, input.entry)) }
  }),
}
