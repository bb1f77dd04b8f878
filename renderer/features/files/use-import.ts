import { useState } from 'react'

import type { Inputs } from '../../../shared/contract/contract.ts'
import type { ImportResult } from '../../../shared/contract/files.ts'
import type { ImportProgress } from '../../../shared/domain/import/stages.ts'
import { api } from '../../data/api.ts'
import { notifyDone } from '../../ui/notify.tsx'
import { plural } from '../../ui/relative.ts'

/** An import while it runs, and how it ended. */
export interface RunningImport {
  /** The stage that it has reached; null while none runs. */
  readonly progress: ImportProgress | null
  readonly result: ImportResult | null
  readonly error: unknown
  /** `cancelled` is called after it was cancelled: what the register has by then is to be read again. */
  readonly run: (input: Inputs['files']['import'], cancelled: () => void) => Promise<void>
  /** Ends it before it saves. */
  readonly cancel: () => void
  /** Forgets how the last one ended. */
  readonly reset: () => void
}

/** Imports a file into the register. */
export function useImport(): RunningImport {
  const [progress, setProgress] = useState<ImportProgress | null>(null)
  const [result, setResult] = useState<ImportResult | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [stop, setStop] = useState<AbortController | null>(null)
  const reset = (): void => {
    setResult(null)
    setError(null)
  }
  const run: RunningImport['run'] = async (input, cancelled) => {
    const running = new AbortController()
    reset()
    setStop(running)
    setProgress({ stage: 'read', rows: 0 })
    try {
      for await (const report of await api.files.import(input, { signal: running.signal })) {
        if (!report.done) {
          setProgress({ stage: report.stage, rows: report.rows })
          continue
        }
        setResult(report)
        notifyDone({ message: `Imported ${plural(report.counts.add + report.counts.change, 'row')}` })
      }
    } catch (reason) {
      if (running.signal.aborted) cancelled()
      else setError(reason)
    } finally {
      setProgress(null)
      setStop(null)
    }
  }
  return { progress, result, error, run, cancel: () => stop?.abort(), reset }
}
