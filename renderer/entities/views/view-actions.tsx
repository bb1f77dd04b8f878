import { ActionIcon, Button, Menu, Popover, TextInput, Tooltip } from '@mantine/core'
import { IconDots, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState, type ReactElement } from 'react'

import type { SavedView } from '../../../shared/contract/views.ts'
import { api, query } from '../../data/api.ts'
import { Editing, type FormStart } from '../../ui/editing.tsx'
import { toFailure } from '../../ui/failure.ts'
import { useTyped } from '../../ui/kept.tsx'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { visibleText } from '../../ui/text.ts'

interface NameFormProps {
  readonly verb: string
  readonly edited?: FormStart<string>
  /** Rejects with the reason why the name is not taken. */
  readonly act: (name: string) => Promise<unknown>
  readonly close: () => void
}

function NameForm({ verb, edited, act, close }: NameFormProps): ReactElement {
  const began = edited?.began ?? ''
  const [name, setName] = useState(began)
  useTyped(name !== began, edited?.setTyped)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (): Promise<void> => {
    setBusy(true)
    try {
      await edited?.check()
      await act(name.trim())
      close()
    } catch (cause) {
      const { message, hint } = toFailure(cause)
      setError([message, hint].filter(Boolean).join(' '))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '') void submit()
      }}
    >
      <TextInput
        label="Name of the view"
        value={name}
        maxLength={60}
        error={error}
        data-autofocus
        onChange={(event) => {
          setError(null)
          setName(event.currentTarget.value)
        }}
      />
      <Button type="submit" fullWidth mt={8} loading={busy} disabled={name.trim() === ''}>
        {verb}
      </Button>
    </form>
  )
}

/** A button that asks for a name and saves the filter, the sort and the columns of the list under it. */
export function SaveView({ save }: { readonly save: (name: string) => Promise<unknown> }): ReactElement {
  const [opened, setOpened] = useState(false)
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus withRoles width={260}>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconPlus size={13} aria-hidden />}
          onClick={() => setOpened(!opened)}
        >
          Save view
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Save view">
        <NameForm verb="Save view" act={save} close={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

interface ViewMenuProps {
  readonly view: SavedView
  readonly onRenamed: (name: string) => void
  readonly onRemoved: () => void
}

/** The actions on a saved view: rename and remove it. */
export function ViewMenu({ view, onRenamed, onRemoved }: ViewMenuProps): ReactElement {
  const [renaming, setRenaming] = useState(false)
  const { viewId, name } = view
  const remove = async (): Promise<void> => {
    const { viewId: _, client, ...removed } = await api.views.remove({ viewId })
    onRemoved()
    notifyDone({
      message: `Removed the view ${visibleText(name)}`,
      undo: () => api.views.save({ ...removed, client: client?.slug }),
    })
  }
  return (
    <Popover opened={renaming} onChange={setRenaming} position="bottom-start" trapFocus withRoles width={260}>
      <Popover.Target>
        <span>
          <Menu position="bottom-start" shadow="sm">
            <Menu.Target>
              <Tooltip label="View actions">
                <ActionIcon size={24} aria-label={`Actions on the view ${visibleText(name)}`}>
                  <IconDots size={15} aria-hidden />
                </ActionIcon>
              </Tooltip>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconPencil size={14} aria-hidden />} onClick={() => setRenaming(true)}>
                Rename view
              </Menu.Item>
              <Menu.Item
                leftSection={<IconTrash size={14} aria-hidden />}
                onClick={() => void remove().catch(notifyFailed)}
              >
                Remove view
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </span>
      </Popover.Target>
      <Popover.Dropdown aria-label="Rename view">
        <RenameView view={view} onRenamed={onRenamed} close={() => setRenaming(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

interface RenameViewProps extends Pick<ViewMenuProps, 'view' | 'onRenamed'> {
  readonly close: () => void
}

/** The form of the name of a saved view. */
export function RenameView({ view, onRenamed, close }: RenameViewProps): ReactElement {
  const { viewId, list, client } = view
  return (
    <Editing
      of={query.views.list.queryOptions({ input: { client: client?.slug, list } })}
      find={(views) => views.find((each) => each.viewId === viewId)?.name ?? null}
      what="the view"
      saving="all fields"
      rows={2}
    >
      {(edited) => (
        <NameForm
          verb="Rename view"
          edited={edited}
          act={async (name) => {
            await api.views.rename({ viewId, name })
            onRenamed(name)
          }}
          close={close}
        />
      )}
    </Editing>
  )
}
