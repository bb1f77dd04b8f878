import { Button, Group } from '@mantine/core'
import { useRef, useState, type ReactElement } from 'react'

import type { KeyDetail } from '../../../shared/contract/keys.ts'
import { findSilence } from '../../../shared/nouns/keys.ts'
import { DayFact, Fact, Facts, PanelSection, TextFact } from '../../ui/panel/panel-section.tsx'
import { When, WhenDay } from '../../ui/when.tsx'
import { useOfferedActions } from '../../data/offered-actions.ts'
import { visibleText } from '../../ui/text.ts'
import { DecoyForm } from './decoy-form.tsx'
import { EditForm } from './edit-form.tsx'
import { MarkForm } from './mark-form.tsx'
import { SnoozeForm } from './snooze-form.tsx'
import { basisWords, dueWords } from '../../entities/key-labels.ts'

type Form = 'mark' | 'snooze' | 'edit' | 'decoy'

/** When a key is due and why, its purpose, and the actions on it. */
export function RotationSection({ detail }: { readonly detail: KeyDetail }): ReactElement {
  const [form, setForm] = useState<Form | null>(null)
  const { row, logicalKey } = detail
  const { rotation } = row
  const left = useRef<Form | null>(null)
  const close = (): void => {
    left.current = form
    setForm(null)
  }
  // A form takes the place of its button, so the button takes the focus when it is back.
  const backTo = (which: Form) => (button: HTMLButtonElement | null) => {
    if (button === null || left.current !== which) return
    left.current = null
    button.focus()
  }
  const name = visibleText(row.name)
  const silence = findSilence(row)
  useOfferedActions([
    { label: `Mark ${name} rotated`, words: 'rotate rotation', run: () => setForm('mark') },
    { label: `Snooze reminders of ${name}`, words: 'later postpone', run: () => setForm('snooze') },
    { label: `Edit ${name}`, words: 'purpose environment team contact interval', run: () => setForm('edit') },
    {
      label: row.decoySince === null ? `Mark ${name} as a decoy` : `Edit the decoy ${name}`,
      words: 'decoy alarm',
      run: () => setForm('decoy'),
    },
  ])
  return (
    <PanelSection title="Rotation">
      <Facts>
        <Fact name="Due">
          <WhenDay day={rotation.dueOn} show="day" otherwise="No due date" />
          {rotation.dueOn === null ? null : <span className="c-quiet">{` · ${dueWords(rotation.daysLeft)}`}</span>}
        </Fact>
        <Fact name="Why then">{basisWords(row)}</Fact>
        <DayFact name="Last rotated" day={rotation.lastRotatedOn} show="day" otherwise="Never" />
        <Fact name="Next reminder">
          <WhenDay day={rotation.nextReminderOn} show="day" otherwise="None" />
          {rotation.snoozedUntil === null ? null : (
            <span className="c-quiet">
              {' · snoozed until '}
              <WhenDay day={rotation.snoozedUntil} show="day" />
            </span>
          )}
        </Fact>
      </Facts>
      {form === null ? (
        <Group gap={6} my={8}>
          <Button ref={backTo('mark')} onClick={() => setForm('mark')}>
            Mark rotated
          </Button>
          <Button ref={backTo('snooze')} variant="default" onClick={() => setForm('snooze')}>
            Snooze
          </Button>
          <Button ref={backTo('edit')} variant="default" onClick={() => setForm('edit')}>
            Edit
          </Button>
          <Button ref={backTo('decoy')} variant="default" onClick={() => setForm('decoy')}>
            {row.decoySince === null ? 'Mark as decoy' : 'Edit decoy'}
          </Button>
        </Group>
      ) : null}
      {form === 'mark' ? <MarkForm row={row} close={close} /> : null}
      {form === 'snooze' ? <SnoozeForm row={row} close={close} /> : null}
      {form === 'decoy' ? <DecoyForm row={row} close={close} /> : null}
      {form === 'edit' ? <EditForm detail={detail} close={close} /> : null}
      <Facts>
        <TextFact name="Purpose" text={row.purpose} otherwise="Not known" />
        <TextFact name="Environment" text={row.environment} otherwise="Not known" />
        <TextFact name="Team" text={row.team} otherwise="Not known" />
        <TextFact name="Contact" text={row.contact} otherwise="None" />
        {row.decoySince === null ? null : (
          <Fact name="Decoy">
            {'Since '}
            <When at={row.decoySince} />
            {` · ${visibleText(row.decoyReason ?? '')}`}
            {silence === null ? null : <span className="c-quiet">{` · ${silence}`}</span>}
          </Fact>
        )}
        {logicalKey.notes === '' ? null : <TextFact name="Notes" text={logicalKey.notes} />}
      </Facts>
    </PanelSection>
  )
}
