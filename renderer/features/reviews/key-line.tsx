import { Kbd } from '@mantine/core'
import type { ReactElement } from 'react'

import type { ReviewKind } from '../../../shared/domain/reviews/review.ts'
import { MOD } from '../../data/keys.ts'
import { EXCEPTION_KEY, NEXT_KEY, PREVIOUS_KEY } from './item-keys.ts'
import classes from './reviews.module.css'
import { listDecisions, decisionWord } from '../../entities/review-labels.ts'

type Line = readonly [keys: readonly string[], what: string]

const OTHERS: readonly Line[] = [
  [[EXCEPTION_KEY], 'Exception'],
  [[NEXT_KEY], 'Next'],
  [[PREVIOUS_KEY], 'Previous'],
  [['Enter'], 'Open'],
  [[MOD, 'Z'], 'Undo'],
]

/** The shortcuts that decide, in the list and in the panel. */
export function KeyLine({ kind }: { readonly kind: ReviewKind }): ReactElement {
  const deciding = listDecisions(kind).map((decision): Line => [
    [decisionWord(decision).key],
    decisionWord(decision).word,
  ])
  return (
    <dl className={classes['keys']} aria-label="Keys">
      {[...deciding, ...OTHERS].map(([keys, what]) => (
        <div key={what}>
          <dt>
            {keys.map((key) => (
              <Kbd key={key} size="xs">
                {key.length === 1 ? key.toUpperCase() : key}
              </Kbd>
            ))}
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  )
}
