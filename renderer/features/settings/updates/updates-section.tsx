import { Button, Group } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { UpdateStatus } from '../../../../shared/contract/updates.ts'
import { query } from '../../../data/api.ts'
import { Failed, Loading } from '../../../ui/states.tsx'
import { useQuery } from '../../../ui/use-query.ts'
import { FeedForm } from './feed-form.tsx'
import { FoundUpdate } from './found-update.tsx'
import { UpdateFileDialog } from './update-file-dialog.tsx'
import { When } from '../../../ui/when.tsx'

/** Updates of the program: each step is asked for by a person. */
export function UpdatesSection(): ReactElement {
  const status = useQuery(query.updates.status.queryOptions())
  return (
    <section className="c-setting-wide" aria-labelledby="updates-title">
      <h2 className="c-card-title" id="updates-title">
        Updates
      </h2>
      {status.isPending ? <Loading what="updates" rows={2} /> : null}
      {status.isError ? <Failed error={status.error} retry={() => void status.refetch()} /> : null}
      {status.data === undefined ? null : status.data.keyFingerprint === null ? (
        <Keyless />
      ) : (
        <Offered status={status.data} />
      )}
      {status.data?.last ? <LastInstallation last={status.data.last} /> : null}
    </section>
  )
}

function Keyless(): ReactElement {
  return (
    <p className="c-prose">
      Castellan does not look for updates, and this build has no release key, so it offers none. Install the newer
      package over this one, or in a working copy pull and run npm run setup. When a newer version opens the register
      for the first time, it is copied into the backups before it is changed.
    </p>
  )
}

function Offered({ status }: { readonly status: UpdateStatus }): ReactElement {
  const queries = useQueryClient()
  const [choosing, setChoosing] = useState(false)
  const check = useMutation(
    query.updates.check.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: query.updates.key() }),
    }),
  )
  return (
    <>
      <p className="c-prose">
        Castellan looks for updates only when you ask for it. An update is taken only with the signature of the release
        key <span className="c-mono">{status.keyFingerprint?.slice(0, 16)}…</span>
      </p>
      <FeedForm />
      <Group gap="xs">
        <Button
          variant={status.update === null ? 'filled' : 'default'}
          loading={check.isPending}
          disabled={status.feed === null}
          title={status.feed === null ? 'Name a feed first' : undefined}
          onClick={() => check.mutate(undefined)}
        >
          Check for updates
        </Button>
        <Button variant="default" onClick={() => setChoosing(true)}>
          Choose an update file…
        </Button>
      </Group>
      <div aria-live="polite" className="c-result">
        {check.isError ? <Failed error={check.error} retry={() => check.mutate(undefined)} /> : null}
        {status.update === null || check.isPending ? null : (
          <FoundUpdate
            key={`${status.update.version} ${status.update.file?.name}`}
            update={status.update}
            running={status.version}
          />
        )}
      </div>
      <UpdateFileDialog opened={choosing} close={() => setChoosing(false)} />
    </>
  )
}

/** The result of the last installation, and how to go back. */
function LastInstallation({ last }: { readonly last: NonNullable<UpdateStatus['last']> }): ReactElement {
  const { from, to, at, done, kept } = last
  if (!done) {
    return (
      <p className="c-prose">
        {`The installation of ${to} (`}
        <When at={at} />
        {`) was not done: ${from} still runs. Try it again, or install the package yourself.`}
      </p>
    )
  }
  return (
    <p className="c-prose">
      {`${to} replaced ${from} (`}
      <When at={at} />
      {`). To go back, install the package of ${from}, and restore the backup from before the update under Recovery and integrity.`}
      {kept === null ? null : <span className="c-mono c-break">{` The replaced package is kept: ${kept}`}</span>}
    </p>
  )
}
