import type { ComparedWitness } from '../../../shared/contract/team.ts'
import type { Witness } from '../../../shared/report/witness.ts'
import { describeWitness } from '../../../shared/team/witness-words.ts'
import { isSameEntry } from '../../team/entry.ts'
import { toHex } from '../../team/hex.ts'
import { TeamLogError } from '../../team/log.ts'
import type { OpenTeam } from './open-team.ts'

/** What this device knows of the log of a witness. */
export interface HeldLog {
  readonly kind: ComparedWitness['kind']
  readonly client: string | null
  /** How many entries it holds. */
  readonly entries: number
  /** The head after the witness's position, in hex; null where it does not hold that. */
  readonly head: string | null
}

/** A log as the server shows it beside what a device holds. */
interface Shown {
  readonly answer: ComparedWitness['server']
  /** The first position that is missing, or that differs from what this device holds. */
  readonly first: number | null
}

/** Compares a position and head that were printed with the history of this device and with the one that the server shows now. */
export async function compareWitness(team: OpenTeam, held: HeldLog | null, witness: Witness): Promise<ComparedWitness> {
  const { log: stream, position, head } = witness
  const device = compareHeld(held, witness)
  const { shown, problem } = await askServer(team, held, witness, device)
  const isHere = device === 'same' || (device === 'missing' && shown.answer === 'same')
  const compared = {
    stream,
    kind: held?.kind ?? null,
    client: held?.client ?? null,
    position,
    head,
    device,
    server: shown.answer,
    firstHere: device === 'missing' ? (held?.entries ?? 0) : null,
    firstOnServer: shown.first,
    ok: isHere && (shown.answer === 'same' || problem !== null),
  }
  return { ...compared, sentence: describeWitness(compared, problem) }
}

function compareHeld(held: HeldLog | null, { position, head }: Witness): ComparedWitness['device'] {
  if (held === null) return 'unknown'
  if (position >= held.entries) return 'missing'
  return held.head === head ? 'same' : 'other'
}

/** `problem`: why the server could not be asked. */
async function askServer(
  team: OpenTeam,
  held: HeldLog | null,
  witness: Witness,
  device: ComparedWitness['device'],
): Promise<{ readonly shown: Shown; readonly problem: string | null }> {
  if (held === null) return { shown: { answer: 'unknown', first: null }, problem: null }
  try {
    return { shown: await compareShown(team, held, witness, device), problem: null }
  } catch (error) {
    if (!(error instanceof TeamLogError)) throw error
    return { shown: { answer: 'unknown', first: null }, problem: error.message }
  }
}

async function compareShown(
  team: OpenTeam,
  held: HeldLog,
  { log: stream, position, head }: Witness,
  device: ComparedWitness['device'],
): Promise<Shown> {
  const end = (await team.log.heads()).get(stream)?.seq ?? -1
  const differs = await findFirstDifference(team, stream, Math.min(held.entries - 1, end))
  if (differs !== null) return { answer: 'other', first: differs }
  if (end < position) return { answer: 'missing', first: end + 1 }
  // The server has what this device holds, so it is as the printed head where this device is.
  if (device !== 'missing') return { answer: device, first: null }
  const read = await readHead(team, stream, position)
  return { answer: read === head ? 'same' : 'other', first: null }
}

/**
 * The first position up to `last` from which the server has another history than this device; null where none. An entry is signed over the
 * head before it, so in another history all entries from the first on differ. A single entry that the server changed is not searched for: those
 * who read it find that it is not signed.
 */
async function findFirstDifference({ replica, log }: OpenTeam, stream: string, last: number): Promise<number | null> {
  const isSame = async (position: number): Promise<boolean> => {
    const [[here], [there]] = [replica.entries(stream, position, 1), await log.pull(stream, position, 1)]
    return here !== undefined && there !== undefined && isSameEntry(here.entry, there)
  }
  if (last < 0 || (await isSame(last))) return null
  let [same, other] = [-1, last]
  while (other - same > 1) {
    const middle = (same + other) >> 1
    if (await isSame(middle)) same = middle
    else other = middle
  }
  return other
}

const READ_TOGETHER = 500

/** The head after a position that this device has not read, from the entries that the server shows. */
async function readHead({ replica, log, crypto }: OpenTeam, stream: string, position: number): Promise<string | null> {
  let { head, next } = replica.stream(stream).place
  while (next <= position) {
    const entries = await log.pull(stream, next, Math.min(READ_TOGETHER, position - next + 1))
    if (entries.length === 0) return null
    for (const entry of entries) {
      if (entry.seq !== next) return null
      head = crypto.computeHead(head, entry)
      next += 1
    }
  }
  return toHex(head)
}
