import type { Connection } from '../../../shared/contract/connections.ts'
import type { Inputs } from '../../../shared/contract/contract.ts'

/** The form of the details of a connection. No base URL: the provider's own; a path is only that of a file. */
export interface ConnectionValues {
  readonly label: string
  readonly baseUrl: string
  readonly access: Connection['access']
  readonly path: string
}

export function toValues({ label, baseUrl, access, path }: Connection): ConnectionValues {
  return { label, baseUrl: baseUrl ?? '', access, path: path ?? '' }
}

/** The fields that were changed, alone: what others changed meanwhile stays. */
export function connectionChange(
  before: ConnectionValues,
  after: ConnectionValues,
): Omit<Inputs['connection']['update'], 'id'> {
  const baseUrl = after.baseUrl.trim()
  return {
    ...(after.label.trim() === before.label.trim() ? {} : { label: after.label.trim() }),
    ...(baseUrl === before.baseUrl.trim() ? {} : { baseUrl: baseUrl === '' ? null : baseUrl }),
    ...(after.access === before.access ? {} : { access: after.access }),
    ...(after.path.trim() === before.path.trim() ? {} : { path: after.path.trim() }),
  }
}
