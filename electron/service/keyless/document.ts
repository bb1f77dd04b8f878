import type { Inputs } from '../../../shared/contract/contract.ts'
import { KEYLESS } from '../../../shared/nouns/keyless.ts'
import { printKeyless } from '../../register/keyless/document.ts'
import { eachInOneState } from '../../register/read/report.ts'
import { checkScope, type Context, getReader, makeMoment } from '../core/context.ts'
import { answerEach } from '../core/implementer.ts'

/**
 * The keyless plan as Markdown for a terminal, piece by piece and from one state of the register, which can be written only
 * after the last piece.
 */
export function streamKeyless(context: Context, input: Inputs['keyless']['markdown']): Iterable<string> {
  return answerEach(context, { operation: 'keyless.markdown', schema: KEYLESS.filter, input }, (asked) => {
    checkScope(context, asked)
    const reader = getReader(context)
    return eachInOneState(reader, () => printKeyless(reader, asked, makeMoment(context)))
  })
}
