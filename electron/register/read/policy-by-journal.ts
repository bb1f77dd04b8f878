import type { TableCount } from '../../../shared/report/evidence-checks.ts'
import type { Reader } from '../db/handles.ts'
import { changeOverride, type PolicyOverride } from '../../../shared/domain/policy.ts'
import { AGENCY } from '../clients/policy.ts'
import type { ProofProblem } from '../rows/proved-table.ts'

type Values = Readonly<Record<string, unknown>>

/** Verifies the policy of the agency and of each client against the journal. */
export function policiesByJournal() {
  /** By slug; null is the agency. Policies not in it were never changed. */
  const reported = new Map<string | null, Values>()
  let isInvented = false
  const compare = (reader: Reader) =>
    reader
      .all<{ id: number; slug: string | null; values: string | null }>(
        `SELECT c.id, c.slug, p."values" FROM (SELECT ${AGENCY} AS id, NULL AS slug UNION ALL SELECT id, slug FROM client) c
         LEFT JOIN policy p ON p.client_id = c.id ORDER BY c.id`,
      )
      .map(({ id, slug, values }) => {
        const should: Values | 'unknown' = reported.get(slug) ?? (isInvented ? 'unknown' : {})
        const is = JSON.parse(values ?? '{}') as Values
        return {
          id,
          slug,
          should,
          isKnown: should !== 'unknown',
          isSame: should === 'unknown' || sorted(should) === sorted(is),
        }
      })
  return {
    /** The sample agency has policies without recorded decisions. */
    invent: (): void => {
      isInvented = true
    },
    /** A change: the given values of the agency, and of a client with those that are cleared; otherwise all of a client. Null resets all. */
    change: (client: string | null, { values, cleared }: Values): void => {
      if (client !== null && values !== null && Array.isArray(cleared)) {
        const before = reported.get(client) ?? (isInvented ? 'unknown' : {})
        if (before === 'unknown') return
        const after = changeOverride(before, { values: given(values), cleared: cleared as readonly string[] })
        return void reported.set(client, after ?? {})
      }
      if (client !== null || values === null) return void reported.set(client, given(values))
      reported.set(null, { ...reported.get(null), ...given(values) })
    },
    /** The policies that are not what the journal shows, by client, with what they should be. */
    differing: (reader: Reader): readonly { readonly id: number; readonly values: PolicyOverride | null }[] =>
      compare(reader).flatMap(({ id, should, isSame }) =>
        isSame || should === 'unknown' ? [] : [{ id, values: Object.keys(should).length === 0 ? null : should }],
      ),
    /** The policies that differ, and how many the journal determines; `partly` are those that it does not. */
    result: (reader: Reader): { readonly problems: readonly ProofProblem[]; readonly count: TableCount } => {
      const compared = compare(reader)
      const proved = compared.filter(({ isKnown }) => isKnown).length
      return {
        problems: compared
          .filter(({ isSame }) => !isSame)
          .map(({ id, slug }) => {
            const whose = slug === null ? 'the agency' : `client ${slug}`
            return { table: 'policy', row: id, says: `The policy of ${whose} does not match the audit log.` }
          }),
        count: { table: 'policy', proved, partly: compared.length - proved },
      }
    },
  }
}

function given(values: unknown): Values {
  return typeof values === 'object' && values !== null ? { ...values } : {}
}

function sorted(values: Values): string {
  return JSON.stringify(Object.entries(values).toSorted(([a], [b]) => a.localeCompare(b)))
}
