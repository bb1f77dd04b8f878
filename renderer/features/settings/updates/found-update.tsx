import { Button, Group } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { Update } from '../../../../shared/contract/updates.ts'
import { PACKAGES } from '../../../../shared/domain/update/package-kind.ts'
import { api, query } from '../../../data/api.ts'
import { megabytes } from '../../../ui/megabytes.ts'
import { formatDay } from '../../../ui/relative.ts'
import { Failed } from '../../../ui/states.tsx'
import { visibleText } from '../../../ui/text.ts'
import { Confirm } from '../../../ui/confirm.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { DownloadUpdate } from './download-update.tsx'

interface FoundUpdateProps {
  readonly update: Update
  /** The version that runs. */
  readonly running: string
}

/** A release whose description was verified, and the next step with it. */
export function FoundUpdate({ update, running }: FoundUpdateProps): ReactElement {
  const { version, day, compared, file, path } = update
  if (compared === 'same' && path === null) {
    return <p className="c-prose">{`${version} of ${formatDay(day)} is the newest version, and the one that runs.`}</p>
  }
  return (
    <>
      <dl className="c-facts">
        <dt>Version</dt>
        <dd className="c-tabular">{`${version}, ${COMPARED[compared]} ${running}`}</dd>
        <dt>Published</dt>
        <dd>{formatDay(day)}</dd>
        <dt>Package</dt>
        <dd>
          {file === null
            ? update.steps.length > 0
              ? 'None for this kind of installation'
              : 'None for this system and processor'
            : `${visibleText(file.name)}, ${PACKAGES[file.kind].words}, ${megabytes(file.bytes)}`}
        </dd>
        <dt>Verified</dt>
        <dd>{path === null ? 'The description' : 'The description and the package'}</dd>
      </dl>
      {path === null ? (
        file === null ? (
          <Steps update={update} />
        ) : (
          <DownloadUpdate file={file} partialBytes={update.partialBytes} />
        )
      ) : (
        <Ready update={update} />
      )}
    </>
  )
}

const COMPARED = { newer: 'newer than', same: 'the same as', older: 'older than' } as const

function Ready({ update }: { readonly update: Update }): ReactElement {
  const queries = useQueryClient()
  const [installing, setInstalling] = useState(false)
  const discard = useMutation(
    query.updates.discard.mutationOptions({
      onSuccess: (status) => queries.setQueryData(query.updates.status.queryKey(), status),
    }),
  )
  return (
    <>
      {update.installs ? null : <Steps update={update} />}
      <Group gap="xs">
        {update.installs ? <Button onClick={() => setInstalling(true)}>Install and restart</Button> : null}
        {update.source === 'feed' ? (
          <Button variant="default" loading={discard.isPending} onClick={() => discard.mutate(undefined)}>
            Remove the download
          </Button>
        ) : null}
      </Group>
      {discard.isError ? <Failed error={discard.error} /> : null}
      <Confirm
        opened={installing}
        close={() => setInstalling(false)}
        title={`Install ${update.version}`}
        verb="Install and restart"
        act={() => api.updates.install()}
      >
        <p>Castellan closes, the package replaces this version, and Castellan starts again.</p>
        <p>
          {update.compared === 'older'
            ? 'An older version does not open a register that a newer one changed. Restore the backup from before the update first: castellan backup list.'
            : 'The register is copied into the backups before the newer version changes it. To go back, install the older package as an update file, and restore that backup.'}
        </p>
      </Confirm>
    </>
  )
}

/** The steps of a person where Castellan does not install the update. */
function Steps({ update }: { readonly update: Update }): ReactElement | null {
  if (update.steps.length === 0) return null
  return (
    <ol className="c-prose c-bullets c-update-steps">
      {update.steps.map(({ words, command }) => (
        <li key={words}>
          {visibleText(words)}
          {command === null ? null : (
            <>
              <pre className="c-source" dir="ltr">
                {command}
              </pre>
              <CopyButton text={command} label="Copy command" />
            </>
          )}
        </li>
      ))}
    </ol>
  )
}
