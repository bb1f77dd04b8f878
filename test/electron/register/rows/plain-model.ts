import type { JournalRow } from '../../../../electron/register/db/journal.ts'
import { computeReviews } from './plain-reviews.ts'

type Body = Readonly<Record<string, unknown>>
type Rows = Map<string, Record<string, unknown>>

/**
 * A second computation of tables that follow from decisions, by name and from the text of the audit log alone: it uses no schema and no
 * fold of the product. Of rows that decisions compare with each other, it has what a person would expect.
 */
export function computeTables(journal: readonly JournalRow[]): ReadonlyMap<string, Rows> {
  const tables = new Map<string, Rows>()
  const open = (table: string): Rows => {
    const rows: Rows = tables.get(table) ?? new Map()
    tables.set(table, rows)
    return rows
  }
  const change = (table: string, key: string, values: Body): void => {
    const row = open(table).get(key)
    if (row !== undefined)
      for (const [name, value] of Object.entries(values)) if (value !== undefined) row[name] = value
  }
  for (const { action, at, operator, client, body: text } of journal) {
    const body = JSON.parse(text) as Body
    const of = client ?? ''
    const id = (field: string): string => String(body[field])
    const noted = { ...open('today_state').get(`${of} ${id('entry')}`) }
    const start = {
      client,
      entry: body['entry'],
      hidden: null,
      until: null,
      reason: '',
      facts: null,
      by: '',
      at: 0,
      note: '',
      contact: '',
    }
    const matter = Object.keys(noted).length === 0 ? start : noted
    const decided = { reason: body['reason'], facts: body['facts'], by: operator, at }
    const { name, kind, colour, domains, notes, label, baseUrl, access, title } = body
    const described = { name, kind, colour, domains, notes }
    const connected = { label, base_url: baseUrl, access }
    if (action === 'client.added')
      open('client').set(of, { slug: client, uid: body['clientUid'], ...described, created_at: at, archived_at: null })
    if (action === 'client.changed') change('client', of, described)
    if (action === 'client.archived') change('client', of, { archived_at: at })
    if (action === 'client.restored') change('client', of, { archived_at: null })
    if (action === 'connection.added') {
      const made = { uid: id('connectionUid'), client, provider: body['provider'], created_at: at, removed_at: null }
      open('connection').set(id('connectionUid'), { ...made, ...connected })
    }
    if (action === 'connection.changed') change('connection', id('connectionUid'), connected)
    if (action === 'connection.removed') change('connection', id('connectionUid'), { removed_at: at })
    if (action === 'today.snoozed')
      open('today_state').set(`${of} ${id('entry')}`, {
        ...matter,
        ...decided,
        hidden: 'snoozed',
        until: body['until'],
      })
    if (action === 'today.dismissed')
      open('today_state').set(`${of} ${id('entry')}`, { ...matter, ...decided, hidden: 'dismissed', until: null })
    if (action === 'today.restored')
      change('today_state', `${of} ${id('entry')}`, { hidden: null, until: null, reason: '', facts: null })
    if (action === 'today.noted') {
      const { note = matter['note'], contact = matter['contact'] } = body
      open('today_state').set(`${of} ${id('entry')}`, { ...matter, note, contact })
    }
    if (action === 'view.saved') {
      const { list, name: called, search, subjects = {}, columns } = body
      const before = open('saved_view').get(`${of} ${id('viewUid')}`)
      const saved = {
        uid: body['viewUid'],
        list: before?.['list'] ?? list,
        client,
        name: called,
        search,
        subjects,
        columns,
        saved_at: at,
      }
      open('saved_view').set(`${of} ${id('viewUid')}`, saved)
    }
    if (action === 'view.renamed') change('saved_view', `${of} ${id('viewUid')}`, { name, saved_at: at })
    if (action === 'view.removed') open('saved_view').delete(`${of} ${id('viewUid')}`)
    if (action === 'plan.created') {
      open('plan').set(id('planUid'), {
        uid: body['planUid'],
        client,
        title,
        in_force: 0,
        created_at: at,
        removed_at: null,
      })
    }
    if (action === 'plan.renamed' || action === 'plan.reinstated') change('plan', id('planUid'), { title })
    if (action === 'plan.activated') {
      for (const plan of open('plan').values()) if (plan['client'] === client) plan['in_force'] = 0
      change('plan', id('planUid'), { in_force: 1 })
    }
    if (action === 'plan.deactivated') change('plan', id('planUid'), { in_force: 0 })
    if (action === 'plan.removed') change('plan', id('planUid'), { removed_at: at })
    if (action === 'plan.reinstated') change('plan', id('planUid'), { removed_at: null })
  }
  for (const [table, rows] of computeReviews(journal)) tables.set(table, rows)
  return tables
}
