import type { ReactElement } from 'react'

import type { ReviewItem, ReviewRow } from '../../shared/contract/reviews.ts'
import { Named } from '../ui/named.tsx'
import { Status, STATUS_ICONS } from '../ui/status.tsx'
import { closureWords, decisionWord, recordWords, reviewStatusWord } from './review-labels.ts'

interface DecisionMarkProps {
  readonly record: Pick<NonNullable<ReviewItem['record']>, 'decision' | 'to'> | null
  readonly plain?: boolean
}

/** The decision about an item. */
export function DecisionMark({ record, plain = true }: DecisionMarkProps): ReactElement {
  if (record === null) {
    return plain ? <span className="c-quiet">Undecided</span> : <Status tone="quiet">Undecided</Status>
  }
  const { tone, icon } = decisionWord(record.decision)
  return (
    <Status tone={tone} icon={icon} plain={plain}>
      <Named text={recordWords(record)} />
    </Status>
  )
}

interface ClosureMarkProps {
  readonly closure: ReviewItem['closure']
  readonly plain?: boolean
}

/** The state of a removal or change, and how long its closure took; nothing for other decisions. */
export function ClosureMark({ closure, plain = true }: ClosureMarkProps): ReactElement | null {
  if (closure === null) return null
  return closure.state === 'done' ? (
    <Status tone="good" plain={plain}>
      {closureWords(closure)}
    </Status>
  ) : (
    <Status tone="warn" icon={STATUS_ICONS.clock} plain={plain} title={closure.residual.join('\n') || undefined}>
      {closureWords(closure)}
    </Status>
  )
}

export function StateBadge({ row }: { readonly row: ReviewRow }): ReactElement {
  const { tone, word } = reviewStatusWord(row)
  return <Status tone={tone}>{word}</Status>
}
