import type { EvidenceProblem, Verdict } from '../../../shared/contract/evidence.ts'
import { notedFingerprint } from '../../register/evidence.ts'
import { checkJournal } from '../../register/journal.ts'
import { inOneState } from '../../register/report.ts'
import { reviewsByJournal } from '../../register/reviews/by-journal.ts'
import { type Context, registerOf } from '../context.ts'

/** The most problems that a verdict names. */
const MOST_PROBLEMS = 100

/**
 * Checks the chain of the register's journal to its noted end, and what the tables of reviews say against the journal:
 * every item has the decision that was journaled last, every review the state and the signatures. SQLite's own check of
 * the file is `app.integrity`.
 */
export function verifyRegister(context: Context): Verdict {
  const { reader } = registerOf(context)
  return inOneState(reader, () => {
    const reviews = reviewsByJournal()
    const chain = checkJournal(reader, reviews.visit)
    const problems: EvidenceProblem[] = [
      ...chain.problems.map(({ row, says }) => ({ file: 'journal', row, says })),
      // What a journal with a gap says of decisions is no witness.
      ...(chain.problems.length > 0
        ? []
        : reviews.problems(reader).map(({ table, row, says }) => ({ file: table, row, says }))),
    ]
    return {
      ok: problems.length === 0,
      problems: problems.slice(0, MOST_PROBLEMS),
      rows: chain.rows,
      fingerprint: notedFingerprint(reader),
      checkedAt: context.now(),
    }
  })
}
