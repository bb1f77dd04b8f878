import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { AdviceRow } from '../../../shared/contract/advice.ts'
import { visibleText } from '../../ui/text.ts'
import { When } from '../../ui/when.tsx'
import { useAddRemedies } from '../remedy/use-add-remedies.ts'
import classes from './advice.module.css'

/** What is recorded, each fact with its time. */
export function Evidence({ row }: { readonly row: Pick<AdviceRow, 'evidence'> }): ReactElement {
  return (
    <ul className={classes['facts']}>
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

/** Puts what is advised on the remedy list, which sends nothing. */
export function TakeAdvice({ row }: { readonly row: AdviceRow }): ReactElement {
  const { add, busy } = useAddRemedies()
  return (
    <Button
      size="compact-xs"
      variant="default"
      leftSection={<IconPlus size={13} aria-hidden />}
      loading={busy}
      onClick={() => add([{ ...row.remedy, origin: null }])}
    >
      Put on the list
    </Button>
  )
}
