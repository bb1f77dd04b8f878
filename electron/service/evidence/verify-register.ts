import type { EvidenceProblem, Verdict } from '../../../shared/contract/evidence.ts'
import { registerChecks } from '../../../shared/report/evidence-checks.ts'
import type { Moment } from '../../../shared/domain/day.ts'
import type { PackRecord } from '../../../shared/report/evidence-pack.ts'
import type { Witness } from '../../../shared/report/witness.ts'
import { MOST_PROBLEMS } from '../../../shared/domain/file-limits.ts'
import { knownFingerprints, notedFingerprint } from '../../register/read/evidence.ts'
import type { Reader } from '../../register/db/handles.ts'
import { factsByJournal } from '../../register/read/facts-by-journal.ts'
import { checkJournal, type CountingRow } from '../../register/db/journal.ts'
import { lossWords } from '../../register/db/noted-end.ts'
import { tablesProved } from '../../register/rows/coverage.ts'
import type { TableProof } from '../../register/rows/proved-table.ts'
import { foldJournal } from '../../register/rows/journal-fold.ts'
import { lastReviewTable } from '../../register/rows/people.ts'
import { frozenByJournal } from '../../register/rows/frozen-reviews.ts'
import { inOneState } from '../../register/read/report.ts'
import { checkLogs, findHead, readTeamKeys } from '../../register/team/heads.ts'
import { hasOtherOrder } from '../../register/rows/refer.ts'
import { readCountingOrder } from '../../register/team/order.ts'
import { type Context, makeMoment, makeRegister } from '../core/context.ts'
import type { Session } from '../core/session.ts'
import { invalid } from '../kit/refusal.ts'
import { readPack } from './verify-pack.ts'

/** Where the journal ended when a pack was written. */
export interface PackEnd {
  /** The pack in words. */
  readonly pack: string
  readonly end: PackRecord
}

/** Where the journal ended in earlier packs. Throws `Refusal` INVALID for a pack that does not hold together. */
export async function packEnds(context: Context, paths: readonly string[]): Promise<readonly PackEnd[]> {
  const { reader } = makeRegister(context)
  const [own, team] = [knownFingerprints(reader), readTeamKeys(reader)]
  const ends: PackEnd[] = []
  for (const path of paths) {
    const { verdict, end } = await readPack(path, { own, team })
    if (!verdict.ok) {
      throw invalid(
        'packs',
        `${path} was changed, so it proves nothing about this register.`,
        `castellan verify ${path}`,
      )
    }
    // A register from before the first pack knows the key of none.
    ends.push({
      pack: ['own', 'team'].includes(verdict.signer ?? '')
        ? path
        : `${path} (signed by a key that this register does not know)`,
      end,
    })
  }
  return ends
}

/** Compares a register with packs that were written from it earlier: missing rows, or a rewritten chain. */
function packProblems(reader: Reader, ends: readonly PackEnd[]): EvidenceProblem[] {
  return ends.flatMap(({ pack, end }) => {
    if (end.form === 2) return [end.team, end.client].flatMap((witness) => describeMissing(reader, pack, witness))
    const { seq, hash } = end.last
    const there = reader.value<string>('SELECT hash FROM journal WHERE seq = ?', [seq])
    if (there === hash) return []
    const what = there === undefined ? 'is missing' : 'differs from the one in the pack: the audit log was rewritten'
    return [{ file: 'journal', row: seq, says: `Row ${seq}, with which ${pack} ends, ${what}.` }]
  })
}

/** Describes the fault of a log of the team that a pack ends with; nothing where the register holds those entries. */
function describeMissing(reader: Reader, pack: string, { log, position, head }: Witness): EvidenceProblem[] {
  const there = findHead(reader, log, position)
  if (there === head) return []
  const what = there === null ? 'is missing' : 'has another history than in the pack'
  return [
    {
      file: 'team_batch',
      row: null,
      says: `Position ${position} of the log ${log}, with which ${pack} ends, ${what}.`,
    },
  ]
}

/**
 * Checks the chain of the register's journal up to its noted end, and the tables that follow from operations, reviews
 * among them, against the journal; also the last review dates that rows of the journal set. The end of the chain is
 * compared with what was noted outside the register, and with earlier packs where they are given. SQLite's own check of
 * the file is `app.integrity`.
 */
export function verifyRegister(context: Context, ends: readonly PackEnd[] = []): Verdict {
  return checkRegister(makeRegister(context).reader, makeCheck(context), ends)
}

/** The facts that a register is compared with in addition to itself. */
export interface RegisterCheck {
  readonly moment: Moment
  /** Where its audit log ended by what was noted outside it. */
  readonly end: Pick<Session['end'], 'loss' | 'heldAgainst'>
}

export function makeCheck(context: Context): RegisterCheck {
  const { loss, heldAgainst } = context.session().end
  return { moment: makeMoment(context), end: { loss, heldAgainst } }
}

/** Checks a register that a thread reads. */
export function checkRegister(reader: Reader, check: RegisterCheck, ends: readonly PackEnd[]): Verdict {
  return inOneState(reader, () => beginCheck(reader, check, ends)())
}

/**
 * Checks all but what reviews froze, in the state of the register that the second step needs too: it gets the hash of what a review
 * froze, by its number, from another reader, or reads it.
 */
export function beginCheck(
  reader: Reader,
  { moment, end }: RegisterCheck,
  ends: readonly PackEnd[],
): (getHash?: (review: number) => string) => Verdict {
  const frozen = frozenByJournal()
  const facts = factsByJournal()
  const tables = foldJournal()
  const visit = (row: CountingRow): void => {
    frozen.visit(row)
    facts.visit(row)
    tables.visit(row)
  }
  const isReordered = hasOtherOrder(reader)
  const chain = checkJournal(reader, isReordered ? undefined : visit)
  if (isReordered) for (const row of readCountingOrder(reader)) visit(row)
  const syncs = facts.result(reader)
  const addFrozen = frozen.begin(reader)
  const ofTables = tables.result(reader, moment.today)
  const isOfReviews = ({ table }: TableProof): boolean => table.startsWith('review')
  const [ofReviews, others] = [ofTables.filter(isOfReviews), ofTables.filter((proof) => !isOfReviews(proof))]
  const lastReviews = ofTables.find(({ table }) => table.startsWith(`${lastReviewTable.table} `))
  const logs = checkLogs(reader)
  const { loss, heldAgainst } = end
  return (getHash) => {
    const proofs = [...addFrozen(ofReviews, getHash), ...others]
    const problems: EvidenceProblem[] = [
      ...(loss === null ? [] : [{ file: 'journal', row: loss.from, says: lossWords(loss) }]),
      ...packProblems(reader, ends),
      ...chain.problems.map(({ row, says }) => ({ file: 'journal', row, says })),
      // A journal with a gap proves nothing about decisions.
      ...(chain.problems.length > 0
        ? []
        : [...proofs.flatMap(({ problems: all }) => all), ...syncs.problems, ...logs.problems].map(
            ({ table, row, says }) => ({
              file: table,
              row,
              says,
            }),
          )),
    ]
    return {
      ok: problems.length === 0,
      problems: problems.slice(0, MOST_PROBLEMS),
      rows: chain.rows,
      fingerprint: notedFingerprint(reader),
      signer: null,
      ...registerChecks(
        { proved: lastReviews?.proved ?? 0, unproved: lastReviews?.partly ?? 0 },
        syncs,
        [...heldAgainst, ...ends.map(({ pack }) => pack)],
        {
          counts: proofs.filter((proof) => proof !== lastReviews),
          entries: logs.operations,
          notYet: tablesProved('not-yet'),
        },
      ),
      checkedAt: moment.now,
    }
  }
}
