import { z } from 'zod'

import { day, instant } from '../contract/common.ts'
import { subjectKind } from '../contract/findings.ts'
import { localNumber, uid } from './kind.ts'

/** A finding by what is the same in every register. `externalId` is null for the connection itself. */
export const findingName = z.strictObject({
  connectionUid: uid,
  rule: z.string().min(1),
  kind: subjectKind,
  externalId: z.string().nullable(),
})

/** The finding, and in words what it was about. */
const about = {
  finding: localNumber,
  findingNamed: findingName,
  /** A finding that comes back is another one. */
  firstSeenAt: instant,
  rule: z.string(),
  /** Its label. */
  connection: z.string(),
}

function namesOneRule({ rule, findingNamed }: z.infer<z.ZodObject<typeof about>>): boolean {
  return rule === findingNamed.rule
}

/** Operations on findings, which are derived: the acceptance of one is stored beside it. */
export const FINDINGS_OPERATIONS = {
  /** Of two acceptances of a finding, the later one holds; the shorter, where members of a team had not seen each other (`findHeld`). */
  'finding.accepted': {
    areas: ['findings'],
    body: z
      .strictObject({ v: z.literal(1), ...about, says: z.string(), until: day, reason: z.string() })
      .refine(namesOneRule),
  },
  'finding.reopened': {
    areas: ['findings'],
    body: z.strictObject({ v: z.literal(1), ...about }).refine(namesOneRule),
  },
} as const
