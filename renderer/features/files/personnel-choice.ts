import type { PersonnelRow } from '../../../shared/contract/people.ts'
import type { PersonnelField } from '../../../shared/domain/import/personnel-fields.ts'
import { PERSONNEL_FIELDS } from '../../../shared/domain/import/personnel-fields.ts'
import type { PersonnelFormat } from '../../../shared/domain/people/personnel.ts'
import type { Tone } from '../../ui/status.tsx'

export const PERSONNEL_KINDS: readonly { readonly value: PersonnelFormat; readonly label: string }[] = [
  { value: 'csv', label: 'CSV, any columns' },
  { value: 'google', label: 'Google Workspace users (CSV)' },
  { value: 'scim', label: 'SCIM 2.0 (JSON)' },
]

const LABELS: Readonly<Record<PersonnelField, string>> = {
  email: 'E-mail',
  aliases: 'Aliases',
  secondaryEmail: 'Second e-mail',
  name: 'Name',
  givenName: 'Given name',
  familyName: 'Family name',
  externalId: 'Employee number',
  status: 'Status',
  department: 'Department',
  manager: 'Manager',
  jobTitle: 'Job title',
  contractor: 'Contractor, or kind of employment',
  startsOn: 'First day',
  endsOn: 'Last day',
}

export const PERSONNEL_CHOICES = PERSONNEL_FIELDS.map((value) => ({ value, label: LABELS[value] }))

const WORDS: Readonly<Record<PersonnelRow['action'], { readonly tone: Tone; readonly word: string }>> = {
  refuse: { tone: 'bad', word: 'Rejected' },
  depart: { tone: 'warn', word: 'Missing' },
  doubtful: { tone: 'warn', word: 'Needs review' },
  update: { tone: 'info', word: 'Updated' },
  new: { tone: 'good', word: 'New' },
  same: { tone: 'quiet', word: 'Unchanged' },
}

export function personnelWord(action: PersonnelRow['action']): { readonly tone: Tone; readonly word: string } {
  return WORDS[action]
}
