import type { Attention, ClientOverview } from '../../../shared/contract/overview.ts'
import { AGE_BANDS } from '../../../shared/contract/overview.ts'
import type { CredentialState } from '../../../shared/domain/connection.ts'
import { DAY_MS } from '../../../shared/domain/day.ts'
import type { Severity } from '../../../shared/domain/findings/severity.ts'
import { getClient, listClients } from '../../register/clients/client.ts'
import { openFindings } from '../../register/findings/counts.ts'
import { listConnections, type StoredConnection } from '../../register/connections/connection.ts'
import { clientCounts, type ClientCounts, keyAges } from '../../register/read/overview.ts'
import { wantingRemediations, type WantingState } from '../../register/remediation/counts.ts'
import { overdueReviews } from '../../register/reviews/schedule/schedule.ts'
import { type LastSyncs, lastSyncs } from '../../register/connections/sync-history.ts'
import { checkScope, type Context, getReader, getToday, makeMoment } from '../core/context.ts'
import { os } from '../core/implementer.ts'
import { type BudgetCounts, budgetCounts, NO_BUDGETS } from '../usage/budgets.ts'
import { credentialState } from '../core/credentials.ts'

/** A connection that was not synced for this long needs attention. */
const STALE_DAYS = 7

const NOTHING: Omit<ClientCounts, 'slug'> = {
  people: 0,
  privileged: 0,
  invited: 0,
  serviceAccounts: 0,
  projects: 0,
  keys: 0,
  overdue: 0,
  due: 0,
  unowned: 0,
  unused: 0,
  expiredInvites: 0,
}

/** Half a month's budget is normally spent after half a month: only above this is it urgent. */
const NEAR_PERCENT = 80

type OpenFindings = Readonly<Partial<Record<Severity, number>>>
type WantingRemediations = Readonly<Partial<Record<WantingState, number>>>

interface Standing {
  readonly connection: StoredConnection
  readonly credential: CredentialState
  readonly last: LastSyncs
}

/** Most urgent first: what is overdue or cannot be read, then what is due soon, then the rest. */
function attentionOf(
  counts: Omit<ClientCounts, 'slug'>,
  findings: OpenFindings,
  remediations: WantingRemediations,
  reviewsOverdue: number,
  budgets: BudgetCounts,
  standings: readonly Standing[],
  now: number,
  sample: boolean,
): Attention[] {
  const attempts = standings.filter((s) => s.last.lastAttempt !== null)
  const incomplete = attempts.filter((s) => s.last.lastAttempt?.state !== 'complete').length
  const stale = attempts.filter((s) => (s.last.lastSync?.finishedAt ?? 0) < now - STALE_DAYS * DAY_MS).length
  const unread = standings.filter((s) => s.credential === 'none' && s.last.lastSync?.origin !== 'file').length
  const all: Attention[] = [
    { kind: 'overdue-keys', count: counts.overdue, severity: 'high' },
    { kind: 'overdue-reviews', count: reviewsOverdue, severity: 'high' },
    { kind: 'critical-findings', count: findings.critical ?? 0, severity: 'high' },
    { kind: 'high-findings', count: findings.high ?? 0, severity: 'high' },
    { kind: 'unowned-keys', count: counts.unowned, severity: 'high' },
    { kind: 'budgets-spent', count: budgets.spent, severity: 'high' },
    { kind: 'unsure-remediations', count: remediations.unsure ?? 0, severity: 'high' },
    { kind: 'deploying-remediations', count: remediations.deploying ?? 0, severity: 'medium' },
    { kind: 'waiting-remediations', count: remediations.waiting ?? 0, severity: 'medium' },
    { kind: 'by-hand-remediations', count: remediations['by-hand'] ?? 0, severity: 'medium' },
    { kind: 'budgets-near', count: budgets.near, severity: budgets.most >= NEAR_PERCENT ? 'medium' : 'low' },
    // The sample's usage is never read again.
    { kind: 'budgets-unread', count: sample ? 0 : budgets.unread, severity: 'medium' },
    { kind: 'incomplete-sync', count: incomplete, severity: 'medium' },
    { kind: 'medium-findings', count: findings.medium ?? 0, severity: 'medium' },
    { kind: 'due-keys', count: counts.due, severity: 'medium' },
    // The sample's connections have no credential and are never read again.
    { kind: 'no-credential', count: sample ? 0 : unread, severity: 'medium' },
    { kind: 'stale-sync', count: sample ? 0 : stale, severity: 'medium' },
    { kind: 'unused-keys', count: counts.unused, severity: 'low' },
    { kind: 'expired-invites', count: counts.expiredInvites, severity: 'low' },
  ]
  return all.filter((item) => item.count > 0)
}

function newest(standings: readonly Standing[]): ClientOverview['lastSync'] {
  const syncs = standings.flatMap((s) => (s.last.lastSync === null ? [] : [s.last.lastSync]))
  const last = syncs.toSorted((a, b) => b.finishedAt - a.finishedAt)[0]
  return last ? { at: last.finishedAt, state: last.state } : null
}

async function listStandings(context: Context, scope: { readonly client?: string | undefined }): Promise<Standing[]> {
  const reader = getReader(context)
  const connections = listConnections(reader, scope)
  const last = lastSyncs(
    reader,
    connections.map((connection) => connection.id),
  )
  return Promise.all(
    connections.map(async (connection) => ({
      connection,
      credential: await credentialState(context.session().secrets, connection),
      last: last.get(connection.id) ?? { lastSync: null, lastAttempt: null },
    })),
  )
}

export const overviewRouter = {
  get: os.overview.get.handler(async ({ context, input }) => {
    checkScope(context, input)
    const reader = getReader(context)
    const now = context.now()
    const { sample } = context.session()
    const counts = clientCounts(reader, input, makeMoment(context))
    const findings = openFindings(reader, input, getToday(context))
    const remediations = wantingRemediations(reader, input)
    const reviews = overdueReviews(reader, input, makeMoment(context))
    const budgets = budgetCounts(context, input)
    const ages = keyAges(reader, input, now)
    const standings = Map.groupBy(await listStandings(context, input), (s) => s.connection.client.slug)
    const named = input.client === undefined ? null : getClient(reader, input.client)
    const clients = (named === null ? listClients(reader, false) : [named]).map((client): ClientOverview => {
      const own = standings.get(client.slug) ?? []
      const reviewsOverdue = reviews.get(client.slug) ?? 0
      const spending = budgets.get(client.slug) ?? NO_BUDGETS
      const { slug: _, ...count } = counts.get(client.slug) ?? { slug: client.slug, ...NOTHING }
      return {
        client: { slug: client.slug, name: client.name, colour: client.colour, kind: client.kind },
        people: count.people,
        privileged: count.privileged,
        invited: count.invited,
        serviceAccounts: count.serviceAccounts,
        projects: count.projects,
        keys: count.keys,
        overdue: count.overdue,
        due: count.due,
        reviewsOverdue,
        budgetsReached: spending.spent + spending.near,
        connections: own.length,
        lastSync: newest(own),
        attention: attentionOf(
          count,
          findings.get(client.slug) ?? {},
          remediations.get(client.slug) ?? {},
          reviewsOverdue,
          spending,
          own,
          now,
          sample,
        ),
        keyAge: AGE_BANDS.map((band) => ({ band, count: ages.get(client.slug)?.get(band) ?? 0 })),
      }
    })
    return { clients, sample }
  }),
}
