import type { RestrictionRow } from '../../shared/contract/access.ts'
import type { RestrictionKind } from '../../shared/domain/facts.ts'
import { capitalize } from '../../shared/domain/capitalize.ts'
import { plural } from '../ui/relative.ts'

const KIND: Readonly<Record<RestrictionKind, string>> = {
  guardrail: 'Guardrail',
  models: 'Permitted models',
  tools: 'Hosted tools',
  retention: 'Data retention',
  credential: 'Deposited key',
  spend: 'Spend limit',
}

/** A restriction in words. A setting has no name: its kind names it, once. */
export function restrictionWords(
  row: Pick<RestrictionRow, 'name' | 'kind' | 'terms' | 'keys' | 'members' | 'project'>,
): {
  readonly name: string
  readonly kind: string | null
  /** The permission, and whom it narrows. */
  readonly says: string
} {
  const name = row.name?.trim() || null
  const terms = row.terms.length === 0 ? ['permits everything'] : row.terms
  return {
    name: name ?? KIND[row.kind],
    kind: name === null ? null : KIND[row.kind],
    says: capitalize([...terms, describeReach(row)].join(' · ')),
  }
}

/** Describes the things that it narrows. */
function describeReach({ keys, members, project }: Pick<RestrictionRow, 'keys' | 'members' | 'project'>): string {
  if (keys === null && members === null) return project === null ? 'for the whole organization' : 'for everything in it'
  const parts = [
    ...((keys ?? 0) > 0 ? [plural(keys ?? 0, 'key')] : []),
    ...((members ?? 0) > 0 ? [plural(members ?? 0, 'user')] : []),
  ]
  return parts.length === 0 ? 'assigned to nothing' : `for ${parts.join(' and ')}`
}
