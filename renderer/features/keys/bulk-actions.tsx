import { Button, Popover, TextInput } from '@mantine/core'
import { IconBellOff, IconKey, IconRotateClockwise, IconTag, IconUser } from '@tabler/icons-react'
import { useState, type ReactElement } from 'react'

import { MAX_AT_ONCE } from '../../../shared/contract/remediation.ts'
import type { KeyRow } from '../../../shared/contract/keys.ts'
import type { KeyChange } from '../../../shared/contract/rotation.ts'
import { api } from '../../data/api.ts'
import { useRemediationFlow } from '../../entities/remediation-flow.ts'
import { notifyDone, notifyFailed, notifyWarning } from '../../ui/notify.tsx'
import { plural } from '../../ui/relative.ts'
import type { Selected } from '../../ui/table/table-props.ts'
import { markedWords, SNOOZE_WEEK, snoozedWords, weekAfter } from './rotation-notices.ts'

type Word = 'contact' | 'environment'

/** The actions on the selected keys; each is one batch and is undone together. */
export function KeyBulkActions({ selected }: { readonly selected: Selected<KeyRow> }): ReactElement {
  const [busy, setBusy] = useState(false)
  const { go } = useRemediationFlow()
  const act = (work: (rows: readonly KeyRow[]) => Promise<void>): void => {
    setBusy(true)
    selected
      .read()
      .then(work)
      .catch(notifyFailed)
      .finally(() => setBusy(false))
  }
  const set = (word: Word, value: string): void =>
    act((rows) =>
      setMany(
        rows.map(({ keyId }) => ({ keyId, [word]: value === '' ? null : value })),
        `${word === 'contact' ? 'Contact' : 'Environment'} of ${plural(rows.length, 'key')} ${value === '' ? 'reset' : `set to ${value}`}`,
      ),
    )
  return (
    <>
      <Button
        size="compact-sm"
        leftSection={<IconRotateClockwise size={13} aria-hidden />}
        loading={busy}
        onClick={() => act(markRotated)}
      >
        Mark rotated
      </Button>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconBellOff size={13} aria-hidden />}
        disabled={busy}
        onClick={() => act(snooze)}
      >
        {SNOOZE_WEEK}
      </Button>
      <SetWord label="Set contact" field="Contact" icon={IconUser} busy={busy} set={(value) => set('contact', value)} />
      <SetWord
        label="Set environment"
        field="Environment"
        icon={IconTag}
        busy={busy}
        set={(value) => set('environment', value)}
      />
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconKey size={13} aria-hidden />}
        disabled={busy}
        onClick={() =>
          act(async (rows) => {
            go({ step: 'key', ids: rows.map(({ keyId }) => keyId) })
            if (rows.length > MAX_AT_ONCE) {
              notifyWarning({
                message: `Only the first ${MAX_AT_ONCE} of ${plural(rows.length, 'key')} are shown`,
                hint: 'Add the others afterwards.',
              })
            }
            await Promise.resolve()
          })
        }
      >
        Rotate or delete keys…
      </Button>
    </>
  )
}

async function markRotated(rows: readonly KeyRow[]): Promise<void> {
  const { rotations } = await api.rotation.markMany({ keys: rows.map((row) => row.keyId) })
  notifyDone({
    message: markedWords(rotations.length),
    undo: () => api.rotation.undoMany({ rotations }),
  })
}

async function snooze(rows: readonly KeyRow[]): Promise<void> {
  const snoozedUntil = weekAfter(Date.now())
  await setMany(
    rows.map(({ keyId }) => ({ keyId, snoozedUntil })),
    snoozedWords(rows.length, snoozedUntil),
  )
}

async function setMany(changes: readonly KeyChange[], message: string): Promise<void> {
  const { before } = await api.rotation.setMany({ changes: [...changes] })
  notifyDone({ message, undo: () => api.rotation.setMany({ changes: before }) })
}

interface SetWordProps {
  readonly label: string
  readonly field: string
  readonly icon: typeof IconUser
  readonly busy: boolean
  readonly set: (value: string) => void
}

/** A button that asks for a text and sets it for the selection; an empty text resets it. */
function SetWord({ label, field, icon: Icon, busy, set }: SetWordProps): ReactElement {
  const [opened, setOpened] = useState(false)
  const [value, setValue] = useState('')
  return (
    <Popover opened={opened} onChange={setOpened} position="top" trapFocus withRoles width={260}>
      <Popover.Target>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<Icon size={13} aria-hidden />}
          disabled={busy}
          onClick={() => setOpened(!opened)}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            setOpened(false)
            set(value.trim())
          }}
        >
          <TextInput
            label={field}
            description="An empty field resets it."
            value={value}
            maxLength={200}
            data-autofocus
            onChange={(event) => setValue(event.currentTarget.value)}
          />
          <Button type="submit" fullWidth mt={8}>
            {label}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
