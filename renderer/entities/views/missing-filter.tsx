import type { ReactElement } from 'react'

import { describeMissing, MISSING_HINT } from '../../../shared/contract/view-subjects.ts'
import type { ViewList, ViewSearch } from '../../../shared/contract/views.ts'
import { Status } from '../../ui/status.tsx'
import classes from './views.module.css'

interface MissingFilterProps {
  readonly list: ViewList
  /** The filters of the list as they are in the address. */
  readonly search: ViewSearch
}

/** Which filters of a list name nothing in this register, so that the list has no rows; nothing where all of them name something. */
export function MissingFilter({ list, search }: MissingFilterProps): ReactElement {
  const sentence = describeMissing(list, search)
  return (
    <output className={sentence === null ? undefined : classes['missing']}>
      {sentence === null ? null : (
        <Status tone="warn" plain>
          {`${sentence} ${MISSING_HINT}`}
        </Status>
      )}
    </output>
  )
}
