import { Button, Group, Textarea } from '@mantine/core'
import { IconDoorExit } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { EmploymentView } from '../../../shared/contract/people.ts'
import { type Day, toLocalDay } from '../../../shared/domain/day.ts'
import { api, query } from '../../data/api.ts'
import { PanelForm } from '../../entities/panel-form.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { Editing, type FormStart } from '../../ui/editing.tsx'
import { useTyped } from '../../ui/kept.tsx'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { useNow } from '../../ui/now.ts'
import { formatDay } from '../../ui/relative.ts'

interface LeavingProps {
  readonly personId: number
  readonly name: string
  readonly employment: EmploymentView | null
}

/** Marks a person as leaving manually, changes that mark, or removes it; nothing where HR reports the departure. */
export function Leaving({ personId, name, employment }: LeavingProps): ReactElement | null {
  const [isOpen, setOpen] = useState(false)
  const mark = employment?.mark ?? null
  const removing = useMutation({
    mutationFn: () => api.people.unmarkLeaving({ personId }),
    onSuccess: () =>
      notifyDone({
        message: `${name} is not marked as leaving any more`,
        undo: mark === null ? undefined : () => api.people.markLeaving({ personId, on: mark.on, reason: mark.reason }),
      }),
    onError: notifyFailed,
  })
  if (mark === null && employment?.departed === true) return null
  return (
    <>
      <Group gap={6}>
        <Button
          variant="default"
          leftSection={<IconDoorExit size={14} aria-hidden />}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {mark === null ? 'Mark as leaving…' : 'Edit last day…'}
        </Button>
        {mark === null ? null : (
          <Button variant="default" loading={removing.isPending} onClick={() => removing.mutate()}>
            Remove mark
          </Button>
        )}
      </Group>
      {isOpen ? <MarkLeaving personId={personId} name={name} close={() => setOpen(false)} /> : null}
    </>
  )
}

interface MarkLeavingProps {
  readonly personId: number
  readonly name: string
  readonly close: () => void
}

export function MarkLeaving(props: MarkLeavingProps): ReactElement {
  return (
    <Editing
      of={query.people.get.queryOptions({ input: { personId: props.personId } })}
      find={(person) => ({ mark: person.employment?.mark ?? null })}
      what="the mark"
      saving="all fields"
    >
      {(edited) => <LeavingForm {...props} edited={edited} />}
    </Editing>
  )
}

interface LeavingFormProps extends MarkLeavingProps {
  readonly edited: FormStart<{ readonly mark: EmploymentView['mark'] }>
}

function LeavingForm({ personId, name, edited, close }: LeavingFormProps): ReactElement {
  const {
    began: { mark },
    setTyped,
    check,
  } = edited
  const today = toLocalDay(useNow())
  const [on, setOn] = useState<Day>(mark?.on ?? today)
  const [reason, setReason] = useState(mark?.reason ?? '')
  useTyped(on !== (mark?.on ?? today) || reason !== (mark?.reason ?? ''), setTyped)
  const marking = useMutation({
    mutationFn: async () => {
      await check()
      return api.people.markLeaving({ personId, on, reason })
    },
    onSuccess: ({ departed }) => {
      close()
      notifyDone({
        message: departed ? `${name} is a leaver now` : `${name} leaves after ${formatDay(on)}`,
        undo: () =>
          mark === null
            ? api.people.unmarkLeaving({ personId })
            : api.people.markLeaving({ personId, on: mark.on, reason: mark.reason }),
      })
    },
  })
  return (
    <PanelForm
      label="Mark as leaving"
      verb="Mark as leaving"
      busy={marking.isPending}
      error={marking.error}
      onSubmit={() => marking.mutate()}
      close={close}
    >
      <DateField
        label="Last day"
        description="Today or an earlier day makes them a leaver now"
        value={on}
        required
        onChange={setOn}
      />
      <Textarea
        label="Reason"
        description="Recorded in the audit log under your name"
        value={reason}
        required
        maxLength={2000}
        autosize
        minRows={2}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </PanelForm>
  )
}
