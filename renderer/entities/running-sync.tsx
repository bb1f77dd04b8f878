import { Progress, Stack } from '@mantine/core'
import type { ReactElement } from 'react'

import type { SyncProgress } from '../../shared/contract/sync.ts'
import { Status } from '../ui/status.tsx'
import { progressPercent, progressText } from './connection-summary.ts'

export function RunningSync({ progress }: { readonly progress: SyncProgress }): ReactElement {
  return (
    <Stack gap={4} maw={320}>
      <Status tone="busy" plain>
        {progressText(progress)}
      </Status>
      <Progress value={progressPercent(progress)} size={4} aria-label="Sources read" />
    </Stack>
  )
}
