import type { EvidenceProblem, Verdict } from '../../../shared/contract/evidence.ts'
import { registerChecks } from '../../../shared/report/evidence-checks.ts'
import { MOST_PROBLEMS } from '../../../shared/domain/file-limits.ts'
import { notedFingerprint } from '../../register/evidence.ts'
import { checkJournal } from '../../register/journal.ts'
import { inOneState } from '../../register/report.ts'
import { reviewsByJournal } from '../../register/reviews/by-journal.ts'
import { lastReviewsByJournal } from '../../register/reviews/last-by-journal.ts'
import { type Context, registerOf } from '../context.ts'

/**
 * Checks the chain of the register's journal to its noted end, and what the tables of reviews say against the journal:
 * every item has the decision that was journaled last, every review the state and the signatures; and the last review
 * dates that rows of the journal set. SQLite's own check of the file is `app.integrity`.
 */
export function verifyRegister(context: Context): Verdict {
  const { reader } = registerOf(context)
  return inOneState(reader, () => {
    const reviews = reviewsByJournal()
    const last = lastReviewsByJournal()
    const chain = checkJournal(reader, (row) => {
      reviews.visit(row)
      last.visit(row)
    })
    const lastReviews = last.result(reader)
    const problems: EvidenceProblem[] = [
      ...chain.problems.map(({ row, says }) => ({ file: 'journal', row, says })),
      // What a journal with a gap says of decisions is no witness.
      ...(chain.problems.length > 0
        ? []
        : [...reviews.problems(reader), ...lastReviews.problems].map(({ table, row, says }) => ({
            file: table,
            row,
            says,
          }))),
    ]
    return {
      ok: problems.length === 0,
      problems: problems.slice(0, MOST_PROBLEMS),
      rows: chain.rows,
      fingerprint: notedFingerprint(reader),
      signer: null,
      ...registerChecks(lastReviews),
      checkedAt: context.now(),
    }
  })
}
