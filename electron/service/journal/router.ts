import { journalContract, type JournalEntryView } from '../../../shared/contract/journal.ts'
import { RECORD_WORDS } from '../../../shared/operations/records.ts'
import { KIND_WORDS } from '../../../shared/operations/words.ts'
import { journalHead } from '../../register/db/journal.ts'
import { clientRefs, type Entry, entryIds, entryRows } from '../../register/read/journal.ts'
import { assertWritable, type Context, getReader } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { readSlice } from '../core/slices.ts'
import { notFound, Refusal } from '../kit/refusal.ts'
import { findLater, MOST_LOOKED } from './history.ts'
import { undoEntry, whyNever } from './undo.ts'
import { createUndoApi } from './undo-api.ts'

const os = implementArea({ journal: journalContract })

const WORDS: Readonly<Record<string, string>> = { ...RECORD_WORDS, ...KIND_WORDS }

function sayAction(action: string): string {
  const exported = action.replace(/\.failed$/u, '')
  const words = Object.hasOwn(WORDS, exported) ? WORDS[exported] : undefined
  return words === undefined ? action : exported === action ? words : `${words}: failed`
}

function toViews(context: Context, entries: readonly Entry[]): JournalEntryView[] {
  const reader = getReader(context)
  const clients = clientRefs(reader)
  const oldest = journalHead(reader).seq - MOST_LOOKED
  const later = findLater(
    reader,
    entries.filter(({ seq, action }) => seq > oldest && whyNever(action) === null),
  )
  return entries.map(({ seq, at, operator, action, client, subject }) => {
    const since = later.get(seq)
    const now = since === undefined ? null : `It was undone or changed again by entry ${since}.`
    const isOld = seq <= oldest ? `${MOST_LOOKED} entries followed. Change it where it is listed.` : null
    return {
      entry: seq,
      at,
      operator,
      action,
      says: sayAction(action),
      client: client === null ? null : (clients.get(client) ?? null),
      subject,
      whyNot: whyNever(action) ?? isOld ?? now,
    }
  })
}

function existing(context: Context, seq: number): Entry {
  const [entry] = entryRows(getReader(context), [seq])
  if (entry === undefined) throw notFound(`Entry ${seq} of the audit log`, 'List the entries: castellan log list.')
  if (context.client !== null && entry.client !== context.client) {
    throw new Refusal(
      'CONFLICT',
      `Entry ${seq} of the audit log does not belong to ${context.client} alone.`,
      'Leave --client out, or name the client that it is about.',
    )
  }
  return entry
}

export const journalRouter = {
  list: os.journal.list.handler(({ context, input }) =>
    readSlice(context, { list: 'journal', query: input, ids: (query) => entryIds(getReader(context), query) }, (ids) =>
      toViews(context, entryRows(getReader(context), ids)),
    ),
  ),
  undo: os.journal.undo.handler(async ({ context, input }) => {
    assertWritable(context)
    const entry = existing(context, input.entry)
    const [undone] = toViews(context, [entry])
    if (undone === undefined || undone.whyNot !== null) {
      throw new Refusal(
        'CONFLICT',
        `Entry ${entry.seq} of the audit log cannot be undone. ${undone?.whyNot ?? ''}`,
        'castellan log list shows what can be undone.',
      )
    }
    await undoEntry(createUndoApi(context), getReader(context), entry)
    return { undone }
  }),
}
