import type { PrincipalFact } from '../../../shared/domain/facts.ts'

/** A principal known by its identity alone, from a list that names it without being its own list. */
export function stub(known: Pick<PrincipalFact, 'externalId' | 'kind' | 'name' | 'email'>): PrincipalFact {
  return {
    type: 'principal',
    ...known,
    roleRaw: null,
    level: null,
    status: 'active',
    addedAt: null,
    expiresAt: null,
    lastUsedAt: null,
  }
}
