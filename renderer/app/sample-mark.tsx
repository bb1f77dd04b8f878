import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import { leaveSample } from '../data/sample.ts'
import { useInfo } from '../data/use-info.ts'
import { notifyFailed } from '../ui/notify.tsx'

/** The label of the sample agency in the rail, on every page, with the way out; nothing outside the sample. */
export function SampleMark(): ReactElement | null {
  const leave = useMutation({ mutationFn: leaveSample, onError: notifyFailed })
  if (useInfo()?.sample !== true) return null
  return (
    <div className="c-rail-sample" title="Sample data. Nothing here affects your own register.">
      <strong>SAMPLE</strong>
      <button type="button" disabled={leave.isPending} onClick={() => leave.mutate()}>
        Exit sample
      </button>
    </div>
  )
}
