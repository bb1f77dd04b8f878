import type { EmploymentView } from '../../../shared/contract/people.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { isDeparted, MARKED_SOURCE, markEmployment } from '../../../shared/domain/people/employment.ts'
import {
  putEmployment,
  readEmployment,
  removeEmployment,
  type StoredEmployment,
} from '../../register/people/employment.ts'
import { mergeAway } from '../../register/people/merge.ts'
import { personNames } from '../../register/people/people.ts'
import { type Context, commit, getReader, getToday, readOperator } from '../core/context.ts'
import { notFound, READ_AGAIN, Refusal } from '../kit/refusal.ts'
import { employmentView } from './employment-view.ts'

interface Leaving {
  readonly personId: number
  /** The last day. */
  readonly on: Day
  readonly reason: string
}

/**
 * Marks someone as leaving. The departure counts from the last day, as with an HR file. Throws `Refusal` NOT_FOUND,
 * CONFLICT when HR reports an earlier departure.
 */
export function markLeaving(context: Context, { personId, on, reason }: Leaving): EmploymentView {
  const { name, employment } = readPerson(context, personId)
  const today = getToday(context)
  const before = employment === null ? null : withoutMark(employment)
  checkAgainstHr(before, { name, on, today })
  const marked = markEmployment(before, name, on, today)
  const by = readOperator(context)
  commit(context, ['access'], ({ writer, at, note }) => {
    const departed = isDeparted(marked, today)
    putEmployment(writer, personId, {
      ...marked,
      source: MARKED_SOURCE,
      reportedAt: at,
      departureReportedAt: departed ? at : null,
      mark: { on, reason, by, at, before },
    })
    note({ action: 'person.leaving', client: null, subject: name, body: { person: personId, on, reason } })
  })
  return view(context, personId) ?? missing()
}

/** Removes the mark of a person: what HR reported before holds again. Throws `Refusal` NOT_FOUND, CONFLICT. */
export function unmarkLeaving(context: Context, personId: number): { readonly employment: EmploymentView | null } {
  const { name, employment } = readPerson(context, personId)
  const mark = employment?.mark ?? null
  if (mark === null) {
    throw new Refusal(
      'CONFLICT',
      `${name} is not marked as leaving manually.`,
      'A departure that HR reports is changed by an HR file.',
    )
  }
  commit(context, ['access'], ({ writer, note }) => {
    if (mark.before === null) removeEmployment(writer, personId)
    else putEmployment(writer, personId, { ...mark.before, mark: null })
    note({
      action: 'person.leaving-undone',
      client: null,
      subject: name,
      body: { person: personId, on: mark.on, reason: mark.reason },
    })
  })
  return { employment: view(context, personId) }
}

function readPerson(
  context: Context,
  personId: number,
): { readonly name: string; readonly employment: StoredEmployment | null } {
  const reader = getReader(context)
  const known = personNames(reader, [personId]).get(personId)
  if (known === undefined) throw notFound('This person', READ_AGAIN)
  if (mergeAway(reader, personId) !== null) {
    throw new Refusal('CONFLICT', `${known.name} was merged into another person.`, 'Mark the person who was kept.')
  }
  return {
    name: known.name === '' ? (known.email ?? '') : known.name,
    employment: readEmployment(reader, [personId]).get(personId) ?? null,
  }
}

/** The report of HR, also under a mark. */
function withoutMark(employment: StoredEmployment): Omit<StoredEmployment, 'mark'> | null {
  const { mark, ...reported } = employment
  return mark === null ? reported : mark.before
}

/** A mark can bring a departure forward; it cannot undo or postpone one that HR reports. */
function checkAgainstHr(
  before: Omit<StoredEmployment, 'mark'> | null,
  { name, on, today }: { readonly name: string; readonly on: Day; readonly today: Day },
): void {
  if (before === null) return
  if (isDeparted(before, today)) {
    throw new Refusal(
      'CONFLICT',
      `${before.source} reports that ${name} has left.`,
      'See Leavers for the remaining access.',
    )
  }
  if (before.endsOn !== null && before.endsOn < on) {
    throw new Refusal(
      'CONFLICT',
      `${before.source} reports ${before.endsOn} as the last day of ${name}.`,
      'Choose that day or an earlier one.',
    )
  }
}

function view(context: Context, personId: number): EmploymentView | null {
  const employment = readEmployment(getReader(context), [personId]).get(personId)
  return employment === undefined ? null : employmentView(employment, getToday(context))
}

function missing(): never {
  throw notFound('This person', READ_AGAIN)
}
