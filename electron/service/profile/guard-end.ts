import type { Notice } from '../../../shared/contract/app.ts'
import { journal, journalHead, type JournalHead } from '../../register/db/journal.ts'
import { isEndNoted, setEndNoted } from '../../register/db/meta.ts'
import { type Loss, findLoss, lossWords, type NotedEnd } from '../../register/db/noted-end.ts'
import type { Register } from '../../register/register.ts'
import type { SecretStore } from '../../secrets/secret-store.ts'
import { Refusal } from '../kit/refusal.ts'
import { isSample } from './sample-mark.ts'
import { readKeptEnd, readNotedEnd, writeKeptEnd, writeNotedEnd } from './journal-end.ts'

interface Guard {
  /** The file beside the register. */
  readonly path: string
  readonly key: Uint8Array
  readonly secrets: SecretStore
  /** True if the keychain works; it is not asked otherwise. */
  readonly answers: boolean
  readonly now: () => number
}

/** The comparison of the end of the journal with what was noted outside the register. */
export interface EndState {
  /** The loss of the register; while there is one, nothing more is written to it. */
  readonly loss: Loss | null
  /** Where the end was noted that the register was compared with; empty where nothing could be compared. */
  readonly heldAgainst: readonly string[]
  /** Continues with the register as it is: records what it lacks. Open it again to continue writing. */
  accept(operator: string): Promise<void>
  /** Notes the present end in the keychain, if there is one. */
  keep(): Promise<void>
}

/** A register that refuses writes while it lacks something, and the message about that. */
export interface GuardResult {
  readonly register: Register
  readonly end: EndState
  readonly notices: readonly Notice[]
}

const nothing = (): Promise<void> => Promise.resolve()

export const NOTHING_TO_GUARD: EndState = { loss: null, heldAgainst: [], accept: nothing, keep: nothing }

export const LOSS_HINT =
  'Restore the newest backup: castellan restore, or Settings, Recovery and integrity. To continue with this register as it is: the same place, or castellan restore --accept.'

/**
 * Notes the end of the journal outside the register, and compares the register with what was noted: missing rows, after
 * an older copy or a lost write-ahead log, are noticed when it is opened. Call it before the register is opened.
 */
export function guardEnd({ path, key, secrets, answers, now }: Guard): {
  readonly note: (end: JournalHead) => void
  readonly check: (register: Register, mode: 'read' | 'write') => Promise<GuardResult>
} {
  const found = readNotedEnd(path, key)
  const note = (end: JournalHead): void => {
    try {
      writeNotedEnd(path, key, { ...end, at: now() })
    } catch {
      // The committed rows are kept, and a note that is behind causes no warning; the next one catches up.
    }
  }
  const check = async (register: Register, mode: 'read' | 'write'): Promise<GuardResult> => {
    const { reader } = register
    const kept = answers && mode === 'write' && !isSample(reader) ? await readKeptEnd(secrets) : null
    const noted = found.state === 'noted' ? found.end : null
    const loss = firstLoss(register, [noted, kept])
    const missing = found.state !== 'noted' && isEndNoted(reader)
    const notices = [
      ...(loss === null ? [] : [lossNotice(loss)]),
      ...(missing ? [missingNotice(path, found.state)] : []),
    ]
    if (mode === 'write' && loss === null && found.state !== 'noted')
      begin(register, { path, missing, note, at: now() })
    let last = kept?.seq ?? -1
    const keep = async (): Promise<void> => {
      const end = journalHead(reader)
      if (loss !== null || end.seq === last || isSample(reader)) return
      await writeKeptEnd(secrets, { ...end, at: now() })
      last = end.seq
    }
    const accept = async (operator: string): Promise<void> => {
      if (loss === null) return
      register.transact((writer) => {
        const body = { kind: loss.kind, from: loss.from, to: loss.to, noted: loss.noted.hash, notedAt: loss.noted.at }
        journal(writer, { at: now(), operator, action: 'register.accepted', client: null, subject: 'register', body })
      })
      await writeKeptEnd(secrets, { ...journalHead(reader), at: now() })
    }
    const heldAgainst = [...(noted === null ? [] : [path]), ...(kept === null ? [] : ['the keychain'])]
    return { register: guarded(register, loss), end: { loss, heldAgainst, accept, keep }, notices }
  }
  return { note, check }
}

function firstLoss({ reader }: Register, ends: readonly (NotedEnd | null)[]): Loss | null {
  for (const end of ends) {
    const loss = end === null ? null : findLoss(reader, end)
    if (loss !== null) return loss
  }
  return null
}

/** Notes an end for the first time, and, where there was a note before, records that it is missing. */
function begin(
  register: Register,
  { path, missing, note, at }: { path: string; missing: boolean; note: (end: JournalHead) => void; at: number },
): void {
  register.transact((writer) => {
    setEndNoted(writer, at)
    if (!missing) return
    journal(writer, {
      at,
      operator: 'Castellan',
      action: 'register.end-missing',
      client: null,
      subject: 'register',
      body: { path },
    })
  })
  note(journalHead(register.reader))
}

function guarded(register: Register, loss: Loss | null): Register {
  if (loss === null) return register
  return {
    ...register,
    transact: () => {
      throw new Refusal('CONFLICT', `Nothing is written: ${lossWords(loss)}`, LOSS_HINT)
    },
  }
}

const TITLES: Readonly<Record<Loss['kind'], string>> = {
  older: 'The register is older than it was',
  other: 'This is not the register that was written here',
  unreadable: 'The register is damaged',
}

function lossNotice(loss: Loss): Notice {
  return {
    kind: 'register-lost-rows',
    title: TITLES[loss.kind],
    detail: `${lossWords(loss)} Nothing is written until that is resolved. ${LOSS_HINT}`,
  }
}

function missingNotice(path: string, state: 'absent' | 'damaged'): Notice {
  const what = state === 'absent' ? 'is missing' : 'was not written with the key of this register'
  return {
    kind: 'journal-end-missing',
    title: 'Whether the register is the newest is unknown',
    detail: `${path}, which notes where its audit log ended, ${what}. It is written again with the next change. If you did not move the register yourself, compare it with a backup or an evidence pack: castellan verify --register PACK.`,
  }
}
