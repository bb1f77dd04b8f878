import { Progress } from '@mantine/core'
import type { ReactElement } from 'react'

import type { SyncProgress } from '../../shared/contract/sync.ts'
import { Status } from '../ui/status.tsx'
import { progressPercent, progressText } from './connection-summary.ts'
import classes from './running-sync.module.css'

export function RunningSync({ progress }: { readonly progress: SyncProgress }): ReactElement {
  return (
    <div className={classes['running']}>
      <Status tone="busy" plain>
        {progressText(progress)}
      </Status>
      <Progress value={progressPercent(progress)} size={4} aria-label="Sources read" />
    </div>
  )
}
