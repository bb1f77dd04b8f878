import { Button, Group } from '@mantine/core'
import { useEffect, useRef, type ReactElement } from 'react'

import type { Connection, SyncSummary } from '../../../../shared/contract/connections.ts'
import { findLack, type SyncLack } from '../../../../shared/domain/sync-lack.ts'
import { exportName } from '../../../entities/export-choice.ts'
import { SaveResult } from '../../../entities/save-result.tsx'
import { useSave, writeRegister } from '../../../entities/use-save.ts'
import { useInfo } from '../../../data/use-info.ts'
import { query } from '../../../data/api.ts'
import { plural } from '../../../ui/relative.ts'
import { Failed } from '../../../ui/states.tsx'
import { Status } from '../../../ui/status.tsx'
import { Problem } from '../../../ui/failure.ts'
import { useQueries } from '../../../ui/use-query.ts'
import classes from './connect.module.css'

interface ConnectResultProps {
  readonly connection: Connection
  readonly result: SyncSummary | null
  readonly notWritten: string | null
  readonly replaceKey: () => void
  /** Connects another organization; left out where that is not offered. */
  readonly another?: (() => void) | undefined
  /** The next step, and its label. */
  readonly next: { readonly label: string; readonly go: () => void }
  /** Leaves without the next step; left out where the next step does it. */
  readonly openToday?: (() => void) | undefined
}

/** The end of connecting: what is in the register now, and what is pressing about it; or why nothing is. */
export function ConnectResult(props: ConnectResultProps): ReactElement {
  const { connection, result, notWritten, replaceKey, another, next, openToday } = props
  const save = useSave(writeRegister)
  const info = useInfo()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus(), [])
  const isRead = result?.state === 'complete' || result?.state === 'partial'
  const lack = result === null ? null : findLack(result)
  const client = connection.client.slug
  return (
    <div className="c-form">
      {isRead ? <Value connectionId={connection.id} /> : null}
      {result?.state === 'cancelled' ? <p>Sync cancelled. The connection is stored and nothing was read.</p> : null}
      <Lack lack={lack} partial={isRead} notWritten={notWritten} />
      {isRead ? <SaveResult save={save} /> : null}
      <Group justify="flex-end" gap="xs">
        {lack !== null && !isRead ? (
          <Button variant="default" onClick={replaceKey}>
            Replace key
          </Button>
        ) : null}
        {another === undefined ? null : (
          <Button variant="default" onClick={another}>
            Add another
          </Button>
        )}
        {isRead ? (
          <Button
            variant="default"
            loading={save.busy}
            onClick={() =>
              void save.ask(
                { format: 'md', client, connection: undefined, contact: undefined },
                exportName({ format: 'md', client, sample: info?.sample ?? false, now: Date.now() }),
              )
            }
          >
            Export register
          </Button>
        ) : null}
        {openToday === undefined ? null : (
          <Button variant="default" onClick={openToday}>
            Open Today
          </Button>
        )}
        <Button ref={button} onClick={next.go}>
          {next.label}
        </Button>
      </Group>
    </div>
  )
}

interface LackProps {
  readonly lack: SyncLack | null
  readonly partial: boolean
  readonly notWritten: string | null
}

function Lack({ lack, partial, notWritten }: LackProps): ReactElement | null {
  if (notWritten !== null) return <Failed error={new Problem('Nothing was read.', notWritten)} />
  if (lack === null) return null
  if (!partial) return <Failed error={new Problem('The sync failed.', lack.text)} />
  return (
    <p>
      <Status tone="warn">Partial</Status> {lack.text}
    </p>
  )
}

/** Counts of what the connection brought, from the lists that show it. */
function Value({ connectionId: connection }: { readonly connectionId: number }): ReactElement {
  const input = { connection, limit: 0 }
  const [people, keys, projects, overdue, unowned, unused] = useQueries({
    queries: [
      query.people.list.queryOptions({ input }),
      query.keys.list.queryOptions({ input }),
      query.projects.list.queryOptions({ input }),
      query.keys.list.queryOptions({ input: { ...input, rotation: 'overdue' } }),
      query.keys.list.queryOptions({ input: { ...input, flag: 'unowned' } }),
      query.keys.list.queryOptions({ input: { ...input, flag: 'unused' } }),
    ],
  })
  if ([people, keys, projects, overdue, unowned, unused].some(({ data }) => data === undefined)) {
    return <p className={classes['value']}>Counting what was read…</p>
  }
  const totals = [people, keys, projects].map(({ data }) => data?.total ?? 0)
  const counts = `${plural(totals[0] ?? 0, 'person', 'people')}, ${plural(totals[1] ?? 0, 'key')}, ${plural(totals[2] ?? 0, 'project')}.`
  return (
    <output className={classes['value']}>
      <strong>{counts}</strong>{' '}
      {describePressing({
        overdue: overdue.data?.total ?? 0,
        unowned: unowned.data?.total ?? 0,
        unused: unused.data?.total ?? 0,
      })}
    </output>
  )
}

/** Describes what is pressing about keys, in one sentence. */
export function describePressing({
  overdue,
  unowned,
  unused,
}: Readonly<Record<'overdue' | 'unowned' | 'unused', number>>): string {
  const parts = [
    overdue === 0
      ? null
      : `${plural(overdue, 'key')} ${overdue === 1 ? 'is' : 'are'} past ${overdue === 1 ? 'its' : 'their'} rotation date`,
    unowned === 0 ? null : `${plural(unowned, 'key')} ${unowned === 1 ? 'has' : 'have'} no active owner`,
    unused === 0 ? null : `${plural(unused, 'key')} ${unused === 1 ? 'is' : 'are'} unused by the policy`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? 'No key is overdue, without an owner or unused.' : `${parts.join(', ')}.`
}
