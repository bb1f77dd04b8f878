import { ACCESS } from './access.ts'
import { CHANGES } from './changes.ts'
import { EVENTS } from './events.ts'
import { CERTIFICATES, FEDERATION } from './federation.ts'
import { FINDINGS } from './findings.ts'
import { JOURNAL } from './journal.ts'
import { KEYLESS } from './keyless.ts'
import { DUE_KEYS, KEYS } from './keys.ts'
import { LEAVERS } from './leavers.ts'
import type { Noun } from './noun.ts'
import { PEOPLE } from './people.ts'
import { PROJECTS } from './projects.ts'
import { RECOMMENDATIONS } from './recommendations.ts'
import { REMEDIATION } from './remediation.ts'
import { SERVICE_ACCOUNTS } from './service-accounts.ts'

/** Every list that is described once, in the order of the guide. */
export const NOUNS: readonly Pick<Noun, 'id' | 'title' | 'about' | 'none' | 'fields' | 'columns' | 'sorts'>[] = [
  PEOPLE,
  SERVICE_ACCOUNTS,
  KEYS,
  DUE_KEYS,
  KEYLESS,
  PROJECTS,
  ACCESS,
  FEDERATION,
  CERTIFICATES,
  FINDINGS,
  RECOMMENDATIONS,
  LEAVERS,
  REMEDIATION,
  CHANGES,
  EVENTS,
  JOURNAL,
]
