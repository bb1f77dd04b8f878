import type { Inputs } from '../../../shared/contract/contract.ts'
import type { KeyDetail } from '../../../shared/contract/keys.ts'

/** The fields of the edit form as text; an empty one follows the key's name or the policy. */
export interface EditValues {
  readonly environment: string
  readonly team: string
  readonly purpose: string
  readonly contact: string
  readonly intervalDays: string
  readonly dueOn: string
  readonly notes: string
}

export function editValues({ logicalKey }: Pick<KeyDetail, 'logicalKey'>): EditValues {
  return {
    environment: logicalKey.environment ?? '',
    team: logicalKey.team ?? '',
    purpose: logicalKey.purpose ?? '',
    contact: logicalKey.contact ?? '',
    intervalDays: logicalKey.intervalDays === null ? '' : String(logicalKey.intervalDays),
    dueOn: logicalKey.dueOn ?? '',
    notes: logicalKey.notes,
  }
}

type Change = Omit<Inputs['rotation']['set'], 'keyId'>

/** The differences between two states of the form: only those are sent, and an emptied field as null. */
export function editChange(before: EditValues, after: EditValues): Change {
  const different = (name: keyof EditValues): boolean => before[name].trim() !== after[name].trim()
  const text = (name: 'environment' | 'team' | 'purpose' | 'contact' | 'dueOn'): Change =>
    different(name) ? { [name]: after[name].trim() === '' ? null : after[name].trim() } : {}
  return {
    ...text('environment'),
    ...text('team'),
    ...text('purpose'),
    ...text('contact'),
    ...text('dueOn'),
    ...(different('intervalDays')
      ? { intervalDays: after.intervalDays.trim() === '' ? null : Number(after.intervalDays) }
      : {}),
    ...(different('notes') ? { notes: after.notes } : {}),
  }
}
