import { Button } from '@mantine/core'
import { IconPlugConnected, IconPlus, IconRefresh } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, type ReactElement } from 'react'

import { query } from '../../data/api.ts'
import { syncNow } from '../../data/sync-now.ts'
import { useInfo } from '../../data/use-info.ts'
import { useSyncProgress } from '../../data/use-sync-progress.ts'
import { PageFrame } from '../../ui/page.tsx'
import { ListAndPanel } from '../../ui/panel/list-and-panel.tsx'
import { plural } from '../../ui/relative.ts'
import { Answer, Empty } from '../../ui/states.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { ConnectDialog } from './connect-dialog.tsx'
import { ConnectionList } from './connection-list.tsx'
import { ConnectionPanel } from './connection-panel.tsx'
import { useSearchState } from '../../data/use-search-state.ts'

/** The connected provider organizations: completeness, last sync, credential. */
export function Page(): ReactElement {
  const [{ client, connection: openId, add = false, fix }, set] = useSearchState('/connections')
  const navigate = useNavigate()
  const list = useQuery(query.connection.list.queryOptions({ input: { client } }))
  const progress = useSyncProgress()
  // The sample's connections have no keys, and are never synced.
  const isSample = useInfo()?.sample === true
  const open = useCallback((id: number | undefined) => set({ connection: id, add: undefined, fix: undefined }), [set])
  const focusList = useCallback(() => document.querySelector<HTMLElement>('.c-connections button')?.focus(), [])
  const setAdd = (value: true | undefined): void => set({ add: value })
  const opened = list.data?.find((each) => each.id === openId)
  const addButton = (
    <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setAdd(true)}>
      Add connection
    </Button>
  )
  return (
    <PageFrame
      title="Connections"
      fill
      aside={list.data ? plural(list.data.length, 'connection') : undefined}
      actions={
        <>
          {addButton}
          {isSample ? null : (
            <Button
              leftSection={<IconRefresh size={14} aria-hidden />}
              disabled={list.data === undefined || list.data.length === 0}
              onClick={() => void syncNow({ client })}
            >
              Sync all now
            </Button>
          )}
        </>
      }
    >
      <Answer of={list} what="connections">
        {(data) =>
          data.length === 0 ? (
            <Empty icon={IconPlugConnected} title="No connections yet" action={addButton}>
              A connection reads one provider organization with its admin key. Without one, import a register or CSV
              file under Import & export.
            </Empty>
          ) : (
            <ListAndPanel
              focusList={focusList}
              list={
                <ConnectionList
                  connections={data}
                  progress={progress}
                  openId={openId}
                  open={open}
                  setFix={(id, next) => set({ connection: id, fix: next })}
                />
              }
              panel={
                opened ? (
                  <ConnectionPanel
                    key={opened.id}
                    connection={opened}
                    progress={progress.find((each) => each.connectionId === opened.id) ?? null}
                    close={() => open(undefined)}
                    fix={fix}
                    setFix={(next) => set({ fix: next })}
                  />
                ) : null
              }
            />
          )
        }
      </Answer>
      <ConnectDialog
        opened={add || (fix === 'replace-key' && opened !== undefined)}
        replaced={add ? null : (opened ?? null)}
        close={() => set({ add: undefined, fix: undefined })}
        openToday={() => void navigate({ to: '/', search: { client }, replace: true })}
      />
    </PageFrame>
  )
}
