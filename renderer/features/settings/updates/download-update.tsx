import { Button, Group, Progress, Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { UpdatePackage } from '../../../../shared/contract/updates.ts'
import { api, query } from '../../../data/api.ts'
import { megabytes } from '../../../ui/megabytes.ts'
import { Failed } from '../../../ui/states.tsx'

interface DownloadUpdateProps {
  readonly file: UpdatePackage
  readonly partialBytes: number
}

/** Downloads a package on request: progress, and cancel, which keeps what is here for the next time. */
export function DownloadUpdate({ file, partialBytes }: DownloadUpdateProps): ReactElement {
  const queries = useQueryClient()
  const [running, setRunning] = useState<AbortController | null>(null)
  const [bytes, setBytes] = useState(0)
  const [error, setError] = useState<unknown>(null)
  const download = async (): Promise<void> => {
    const stop = new AbortController()
    setRunning(stop)
    setError(null)
    setBytes(partialBytes)
    try {
      for await (const progress of await api.updates.download(undefined, { signal: stop.signal }))
        setBytes(progress.bytes)
    } catch (reason) {
      if (!stop.signal.aborted) setError(reason)
    } finally {
      setRunning(null)
      await queries.invalidateQueries({ queryKey: query.updates.key() })
    }
  }
  return (
    <>
      {running === null ? null : (
        <Stack gap={6} w="min(420px, 100%)">
          <Progress value={(bytes / file.bytes) * 100} size="sm" aria-label={`Downloaded of ${file.name}`} />
          <span className="c-tabular">
            {bytes < file.bytes ? `${megabytes(bytes)} of ${megabytes(file.bytes)}` : 'Verifying'}
          </span>
        </Stack>
      )}
      <Group gap="xs">
        <Button loading={running !== null} onClick={() => void download()}>
          {partialBytes > 0 ? 'Continue the download' : 'Download'}
        </Button>
        {running === null ? null : (
          <Button variant="default" onClick={() => running.abort()}>
            Cancel
          </Button>
        )}
        {running === null && partialBytes > 0 ? (
          <span className="c-tabular">{`${megabytes(partialBytes)} of ${megabytes(file.bytes)} are here`}</span>
        ) : null}
      </Group>
      {error === null ? null : <Failed error={error} />}
    </>
  )
}
