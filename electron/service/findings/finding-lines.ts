import type { FindingLine } from '../../../shared/contract/findings.ts'
import { type FindingFilter, FINDINGS } from '../../../shared/nouns/findings.ts'
import { findingLines } from '../../register/findings/lines.ts'
import { type Context, getReader, makeMoment } from '../core/context.ts'
import { answerEach } from '../core/implementer.ts'

/**
 * The rows of `findings.list`, the most severe first, all of them one by one and each only with what a table shows, for a terminal.
 * The register can be written only after the last one. Throws as the operation does.
 */
export function streamFindings(context: Context, input: FindingFilter): Iterable<FindingLine> {
  return answerEach(context, { operation: 'findings.list', schema: FINDINGS.filter, input }, (asked) =>
    findingLines(getReader(context), asked, makeMoment(context)),
  )
}
