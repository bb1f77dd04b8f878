import { ActionIcon, Button, Menu, Popover, TextInput, Tooltip } from '@mantine/core'
import { IconDots, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState, type ReactElement } from 'react'

import type { SavedView } from '../../../shared/contract/views.ts'
import { api } from '../../data/api.ts'
import { toFailure } from '../../ui/failure.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { visibleText } from '../../ui/text.ts'

interface NameFormProps {
  readonly verb: string
  readonly initial?: string
  /** Rejects with the reason why the name is not taken. */
  readonly act: (name: string) => Promise<unknown>
  readonly close: () => void
}

/** The name of a view. */
function NameForm({ verb, initial = '', act, close }: NameFormProps): ReactElement {
  const [name, setName] = useState(initial)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (): Promise<void> => {
    setBusy(true)
    try {
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

/** What can be done with a saved view: rename and remove it. */
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
        <NameForm
          verb="Rename view"
          initial={name}
          act={async (next) => {
            await api.views.rename({ viewId, name: next })
            onRenamed(next)
          }}
          close={() => setRenaming(false)}
        />
      </Popover.Dropdown>
    </Popover>
  )
}
