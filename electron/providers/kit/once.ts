import type { Fact, PrincipalFact } from '../../../shared/domain/facts.ts'
import type { SourceName } from '../../../shared/domain/source.ts'

interface Admission {
  /** The fact to pass on; null when it was already reported. */
  readonly kept: Fact | null
  /** Why it was left out, where that is worth counting. */
  readonly left: string | null
}

/** Deduplicates facts that several lists of one reading report for the same entity. */
export interface Once {
  admit(fact: Fact, source: SourceName): Admission
}

/** Lists that name a principal without being its own list. */
const NAMING: ReadonlySet<SourceName> = new Set(['project-users', 'project-groups', 'group-users'])

const TOLD: Admission = { kept: null, left: null }
const TOLD_ELSEWHERE: Admission = { kept: null, left: 'A row that another list also contains; the first one counts.' }

/**
 * A principal's own list wins over lists that only name it; among those, the first version is repeated in each, so that
 * every list still identifies the principals that it names. Of a key, project, limit or grant that comes twice, the
 * first counts: a list can change while it is read, and the register has each thing once.
 */
export function openOnce(): Once {
  const principals = new Map<string, { readonly fact: PrincipalFact; readonly naming: boolean }>()
  const reported = new Set<string>()

  function admitPrincipal(fact: PrincipalFact, source: SourceName): Admission {
    const known = principals.get(fact.externalId)
    if (known === undefined) {
      principals.set(fact.externalId, { fact, naming: NAMING.has(source) })
      return { kept: fact, left: null }
    }
    return known.naming && NAMING.has(source) ? { kept: known.fact, left: null } : TOLD
  }

  return {
    admit(fact, source) {
      if (fact.type === 'principal') return admitPrincipal(fact, source)
      const identity = getIdentity(fact)
      if (!reported.has(identity)) {
        reported.add(identity)
        return { kept: fact, left: null }
      }
      return fact.type === 'key' ||
        fact.type === 'project' ||
        fact.type === 'limit' ||
        fact.type === 'federation' ||
        fact.type === 'restriction'
        ? TOLD_ELSEWHERE
        : TOLD
    },
  }
}

function getIdentity(fact: Exclude<Fact, PrincipalFact>): string {
  if (fact.type === 'grant') return JSON.stringify([fact.type, fact.principal, fact.project, fact.roleRaw])
  if (fact.type === 'certificate') return JSON.stringify([fact.type, fact.externalId, fact.project])
  if (fact.type === 'detail') return JSON.stringify([fact.type, fact.of, fact.externalId, fact.kind])
  if (fact.type === 'membership') return JSON.stringify([fact.type, fact.group, fact.member])
  return JSON.stringify([fact.type, fact.externalId])
}
