import type { ReactElement } from 'react'

import type { RecommendationRow } from '../../shared/contract/recommendations.ts'
import { visibleText } from '../ui/text.ts'
import { When } from '../ui/when.tsx'

/** The recorded facts, each with its time. */
export function Evidence({ row }: { readonly row: Pick<RecommendationRow, 'evidence'> }): ReactElement {
  return (
    <ul className="c-bullets">
      {row.evidence.map(({ says, at }) => (
        <li key={says}>
          {visibleText(says)}
          {at === null ? null : (
            <>
              {' '}
              <span className="c-quiet">
                <When at={at} />
              </span>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
