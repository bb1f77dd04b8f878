import { Button, Switch } from '@mantine/core'
import { IconBuildingPlus } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import { query } from '../../data/api.ts'
import { UnheldNote } from '../../entities/unheld-note.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { plural } from '../../ui/relative.ts'
import { Answer, Empty } from '../../ui/states.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { ClientDialog } from './client-dialog.tsx'
import { ClientList } from './client-list.tsx'
import { useSearchState } from '../../data/use-search-state.ts'

/** The clients: add, edit, archive, restore. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/clients')
  const { client: scope, archived = false, add = false, edit } = search
  const list = useQuery(query.client.list.queryOptions({ input: { archived } }))
  const shown = (list.data ?? []).filter((each) => scope === undefined || each.slug === scope)
  const editing = list.data?.find((each) => each.slug === edit) ?? null
  const addButton = (
    <Button leftSection={<IconBuildingPlus size={14} aria-hidden />} onClick={() => set({ add: true })}>
      Add client
    </Button>
  )
  return (
    <PageFrame
      title="Clients"
      aside={list.data ? plural(shown.length, 'client') : undefined}
      actions={
        <>
          <Switch
            label="Show archived"
            checked={archived}
            onChange={(event) => set({ archived: event.currentTarget.checked ? true : undefined })}
          />
          {addButton}
        </>
      }
    >
      <Answer of={list} what="clients">
        {() =>
          shown.length === 0 ? (
            <Empty icon={IconBuildingPlus} title="No clients yet" action={addButton}>
              A client is an organization whose access you manage: a customer’s, or your own.
            </Empty>
          ) : (
            <>
              <ClientList clients={shown} edit={(slug) => set({ edit: slug })} />
              <UnheldNote />
            </>
          )
        }
      </Answer>
      <ClientDialog
        editing={editing}
        opened={add || editing !== null}
        close={() => set({ add: undefined, edit: undefined })}
      />
    </PageFrame>
  )
}
