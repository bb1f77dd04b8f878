import { Button, Popover, TextInput } from '@mantine/core'
import { IconBellOff, IconKey, IconRotateClockwise, IconTag, IconUser } from '@tabler/icons-react'
import { useState, type ReactElement } from 'react'

import { MAX_AT_ONCE } from '../../../shared/contract/remediation.ts'
import type { KeyRow } from '../../../shared/contract/keys.ts'
import { MOST_KEYS, type KeyChange } from '../../../shared/contract/rotation.ts'
import { findRequirements } from '../../../shared/domain/attest.ts'
import { api } from '../../data/api.ts'
import { useRemediationFlow } from '../../entities/remediation-flow.tsx'
import { notifyDone, notifyFailed, notifyWarning } from '../../ui/notify.tsx'
import { plural, wholeNumber } from '../../ui/relative.ts'
import type { SelectedRows } from '../../ui/table/table-props.ts'
import { MarkDialog } from './mark-dialog.tsx'
import { markedWords, SNOOZE_WEEK, snoozedWords, weekAfter } from './rotation-notices.ts'

type Word = 'contact' | 'environment'

/** The actions on the selected keys; each is one batch and is undone together. */
export function KeyBulkActions({ selected }: { readonly selected: SelectedRows<KeyRow> }): ReactElement {
  const [busy, setBusy] = useState(false)
  const [marked, setMarked] = useState<readonly KeyRow[] | null>(null)
  const { go } = useRemediationFlow()
  const tooMany = selected.count > MOST_KEYS
  const bound = {
    disabled: busy || tooMany,
    title: tooMany ? `At most ${wholeNumber(MOST_KEYS)} together: filter the list` : undefined,
  }
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
        {...bound}
        loading={busy}
        onClick={() =>
          act(async (rows) => {
            const isGrave = rows.some(({ kind }) => kind === 'admin')
            if (findRequirements('ROTATED', { count: rows.length, isGrave }).isReasonNeeded) setMarked(rows)
            else await markRotated(rows)
          })
        }
      >
        Mark rotated…
      </Button>
      <MarkDialog rows={marked} close={() => setMarked(null)} />
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconBellOff size={13} aria-hidden />}
        {...bound}
        onClick={() => act(snooze)}
      >
        {SNOOZE_WEEK}
      </Button>
      <SetWord
        label="Set contact"
        field="Contact"
        icon={IconUser}
        bound={bound}
        set={(value) => set('contact', value)}
      />
      <SetWord
        label="Set environment"
        field="Environment"
        icon={IconTag}
        bound={bound}
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
  /** Why it cannot be used now. */
  readonly bound: { readonly disabled: boolean; readonly title: string | undefined }
  readonly set: (value: string) => void
}

/** A button that asks for a text and sets it for the selection; an empty text resets it. */
function SetWord({ label, field, icon: Icon, bound, set }: SetWordProps): ReactElement {
  const [opened, setOpened] = useState(false)
  const [value, setValue] = useState('')
  return (
    <Popover opened={opened} onChange={setOpened} position="top" trapFocus withRoles width={260}>
      <Popover.Target>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<Icon size={13} aria-hidden />}
          {...bound}
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
