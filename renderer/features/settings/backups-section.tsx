import { Button, Group, Table } from '@mantine/core'
import { IconArchive } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { Backup } from '../../../shared/contract/backup.ts'
import { api, query } from '../../data/api.ts'
import { useInfo } from '../../data/use-info.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { megabytes } from '../../ui/megabytes.ts'
import { notifyDone } from '../../ui/notify.tsx'
import { plural } from '../../ui/relative.ts'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { When } from '../../ui/when.tsx'

const KINDS: Readonly<Record<Backup['kind'], string>> = {
  daily: 'Daily',
  made: 'Manual, or before an update',
  replaced: 'Replaced by a restore',
}

/** Backups of the register: the list, a new one, and restoring one. */
export function BackupsSection(): ReactElement {
  const info = useInfo()
  const queries = useQueryClient()
  const list = useQuery(query.backup.list.queryOptions())
  const [restoring, setRestoring] = useState<Backup | null>(null)
  const [accepting, setAccepting] = useState(false)
  const lacks = info?.notices.some(({ kind }) => kind === 'register-lost-rows') ?? false
  const make = useMutation(
    query.backup.make.mutationOptions({
      onSuccess: async ({ journalRows }) => {
        await queries.invalidateQueries({ queryKey: query.backup.list.key() })
        notifyDone({ message: `Backup made and read again: ${plural(journalRows, 'row')} of the audit log.` })
      },
    }),
  )
  return (
    <section className="c-setting-wide">
      <h2 className="c-card-title">Backups</h2>
      <p className="c-prose">
        Castellan copies the register once a day while the window is open, and keeps the newest 14 copies. A copy is
        encrypted with the register’s key and is read again before it counts. Keep one on another disk as well:
        castellan backup --out FILE.
      </p>
      <Group gap="xs">
        <Button variant="default" loading={make.isPending} onClick={() => make.mutate(undefined)}>
          Back up now
        </Button>
        {lacks ? (
          <Button variant="default" onClick={() => setAccepting(true)}>
            Continue with this register
          </Button>
        ) : null}
      </Group>
      {make.isError ? <Failed error={make.error} /> : null}
      <BackupList
        backups={list.data}
        error={list.error}
        retry={() => void list.refetch()}
        restore={(backup) => setRestoring(backup)}
      />
      {restoring === null ? null : <RestoreDialog backup={restoring} close={() => setRestoring(null)} />}
      <Confirm
        opened={accepting}
        close={() => setAccepting(false)}
        title="Continue with this register?"
        verb="Continue"
        danger
        act={() => api.backup.accept()}
      >
        The register lacks rows that were written to it. The audit log will record which, and writing continues. The
        lost rows stay lost; a newer backup would restore them.
      </Confirm>
    </section>
  )
}

interface BackupListProps {
  readonly backups: readonly Backup[] | undefined
  readonly error: unknown
  readonly retry: () => void
  readonly restore: (backup: Backup) => void
}

function BackupList({ backups, error, retry, restore }: BackupListProps): ReactElement {
  if (backups === undefined) {
    return error === null ? <Loading what="the backups" rows={3} /> : <Failed error={error} retry={retry} />
  }
  if (backups.length === 0) {
    return (
      <Empty icon={IconArchive} title="No backups yet">
        The first backup is made a minute after the window opens.
      </Empty>
    )
  }
  return (
    <Table className="c-table" aria-label="Backups">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Written</Table.Th>
          <Table.Th>Kind</Table.Th>
          <Table.Th>Size</Table.Th>
          <Table.Th>Actions</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {backups.map((backup) => (
          <Table.Tr key={backup.name}>
            <Table.Td>
              <When at={backup.at} />
            </Table.Td>
            <Table.Td>{KINDS[backup.kind]}</Table.Td>
            <Table.Td>{megabytes(backup.bytes)}</Table.Td>
            <Table.Td>
              <Button
                size="compact-xs"
                variant="default"
                aria-label={`Restore ${backup.name}`}
                onClick={() => restore(backup)}
              >
                Restore…
              </Button>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function RestoreDialog({ backup, close }: { readonly backup: Backup; readonly close: () => void }): ReactElement {
  const { name } = backup
  const preview = useQuery(query.backup.preview.queryOptions({ input: { name }, gcTime: 0 }))
  return (
    <Confirm
      opened
      close={close}
      title="Restore this backup?"
      verb="Restore backup"
      danger
      typed="RESTORE"
      act={async () => {
        const { journalRows } = await api.backup.restore({ name })
        notifyDone({ message: `Backup restored: ${plural(journalRows, 'row')} of the audit log.` })
      }}
    >
      {preview.error === null ? null : <Failed error={preview.error} />}
      {preview.data === undefined ? (
        preview.error === null ? (
          <p>Verifying the backup…</p>
        ) : null
      ) : (
        <p>
          It is intact and contains {plural(preview.data.journalRows, 'row')} of the audit log
          {preview.data.lastAt === null ? null : (
            <>
              , the last one written <When at={preview.data.lastAt} />
            </>
          )}
          . {lostWords(preview.data.lostRows)} The register that is open now goes into the backups folder.
        </p>
      )}
    </Confirm>
  )
}

function lostWords(lost: number | null): string {
  if (lost === null) return 'How many later decisions are lost is unknown.'
  return lost === 0 ? 'No later decision is lost.' : `${plural(lost, 'later decision')} will be missing.`
}
