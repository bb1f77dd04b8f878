import { z } from 'zod'

import { PRINCIPAL_KINDS } from '../domain/facts.ts'
import { ADVICE_KINDS, SURENESS } from '../domain/recommendations/recommendation.ts'
import { ofOne, only, search } from './filter.ts'
import { clientField, connectionFields, drawn, json, noun, plain, projectField, status, text, word } from './noun.ts'
import { remediationAction, remediationSubject, remediationValues } from './remediation.ts'
import { clientRef, connectionRef, id, instant, level } from './values.ts'

export const recommendationRow = z.object({
  /** Stable while the register does not change; use it only as a key for rows. */
  rowKey: z.string(),
  kind: z.enum(ADVICE_KINDS),
  client: clientRef,
  connection: connectionRef,
  principal: z.object({ id, kind: z.enum(PRINCIPAL_KINDS), name: z.string(), personId: id.nullable() }),
  /** The key that is no longer needed; null where the recommendation is about a role. */
  key: z.object({ id, name: z.string() }).nullable(),
  /** The project; null for the organization. */
  project: z.object({ id, name: z.string() }).nullable(),
  /** The current role, in the provider's word; null if the organization gives none. */
  role: z.string().nullable(),
  level: level.nullable(),
  /** The smaller role that would have sufficed in the last 90 days, in the provider's word; null for none at all. */
  enough: z.string().nullable(),
  /** The recommendation in a sentence. */
  says: z.string(),
  sure: z.enum(SURENESS),
  sureBecause: z.string(),
  /** The recorded facts that it is based on: each a sentence, or one that its instant ends (“…, last used” and when). */
  evidence: z.array(z.object({ says: z.string(), at: instant.nullable() })),
  /** The change that would apply it, once a review or a finding decides so. */
  remediation: z.object({
    action: remediationAction,
    subject: remediationSubject.omit({ name: true }),
    values: remediationValues,
  }),
})
export type RecommendationRow = z.infer<typeof recommendationRow>

export const RECOMMENDATIONS = noun(recommendationRow, {
  id: 'recommendations',
  title: 'Recommendations',
  one: 'recommendation',
  many: 'recommendations',
  about:
    'Smaller roles that the recorded use of the last 90 days would need, and keys that a federation rule replaces. Nothing changes without a decision. A certificate, a deposited key and a rule that is too open have no recorded use to judge by: they are [findings](findings.md).',
  none: 'no account has a larger role than its use needs, and no key is beside a federation rule. Accounts without usage data get no recommendation.',
  fields: {
    sure: status('Confidence', { wide: 13, table: {} }),
    kind: word('Kind', { wide: 20, hidden: true }),
    client: clientField({ wide: 15 }),
    ...connectionFields({}),
    principalId: json((row) => row.principal.id),
    principalKind: json((row) => row.principal.kind),
    principal: text('Who', { id: 'who', wide: 17, grow: 1, table: { flexible: true } }, (row) => row.principal.name),
    personId: json((row) => row.principal.personId),
    keyId: json((row) => row.key?.id),
    key: json((row) => row.key?.name),
    projectId: json((row) => row.project?.id),
    project: projectField({ wide: 14, grow: 1, table: { flexible: true } }),
    role: text('Role', { table: {} }),
    enough: text('Sufficient', { table: {} }),
    change: drawn('Recommendation', { wide: 18 }),
    says: text('Why', { wide: 28, grow: 3 }),
    ...plain('sureBecause'),
    evidence: text('Recorded', { table: { sentence: true, optional: true } }, (row) =>
      row.evidence.map(({ says, at }) => (at === null ? says : `${says} ${new Date(at).toISOString()}.`)).join(' '),
    ),
    remediation: json((row) => row.remediation.action),
  },
  columns: {
    sure: 'how complete the recorded use is.',
    principal: 'the account with the role.',
    project: 'where the role applies.',
    change:
      'the present role, and the one that would be enough; of a key, that federation is enough. An account that a federation rule opens is recommended for no smaller role, since what its workloads do is not reported.',
    says: 'what was used, in a sentence.',
    client: 'the client that it concerns.',
    kind: 'what is recommended: a smaller role, or none; of a key beside a federation rule, no key.',
  },
  filters: {
    kind: only(ADVICE_KINDS, { placeholder: '<kind>', help: 'only this kind' }),
    sure: only(SURENESS, { placeholder: '<sureness>', help: 'only as sure as this' }),
    project: ofOne,
    person: { ...ofOne, option: { placeholder: '<id>', help: 'only about this person', whole: true } },
    search: search('part of a name or an address'),
  },
  sorts: ['sure', 'client', 'who'],
})
