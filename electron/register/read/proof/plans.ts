import { nameKey } from '../../../../shared/domain/text/names.ts'
import type { Value, Writer } from '../../db/handles.ts'
import { deletePlan } from '../../plans/plans.ts'
import { findFreeTitle, isTitleTaken } from '../../plans/titles.ts'
import { change, type ProvedTable, type Recorded, type Shown } from '../../rows/proved-table.ts'

interface PlanRow {
  readonly id: number
  readonly uid: string | null
  readonly title: string
}

const toKey = ({ body }: Recorded): string => String(body['planUid'])

/** Titles of the other plans of a client that are not removed. */
function otherTitles(shown: Shown, key: string, client: unknown): readonly string[] {
  return [...shown].flatMap(([other, plan]) =>
    other !== key && plan['client'] === client && plan['removed_at'] === null ? [String(plan['title'])] : [],
  )
}

/** Changes a plan that is in the state that allows it; of one of the sample, which the journal does not show whole, all is taken as allowed. */
function changeIf(
  shown: Shown,
  row: Recorded,
  isInvented: boolean,
  isAllowed: (plan: Readonly<Record<string, unknown>>, key: string) => boolean,
  toValues: (key: string) => Readonly<Record<string, unknown>>,
): void {
  const key = toKey(row)
  const plan = shown.get(key)
  const isWhole = plan !== undefined && 'removed_at' in plan && 'in_force' in plan && 'title' in plan
  if (plan === undefined ? !isInvented : isWhole && !isAllowed(plan, key)) return
  change(shown, key, toValues(key))
}

const isThere = (plan: Readonly<Record<string, unknown>>): boolean => plan['removed_at'] === null

/** Plans, by their uid. Each effect has the conditions of its applier, in the order in which decisions count. */
export const planProof: ProvedTable = {
  table: 'plan',
  columns: ['uid', 'client', 'title', 'in_force', 'created_at', 'removed_at'],
  rows: (reader) =>
    reader
      .all<PlanRow>(
        `SELECT p.id, p.uid, c.slug AS client, p.title, p.in_force, p.created_at, p.removed_at
         FROM plan p JOIN client c ON c.id = p.client_id ORDER BY p.id`,
      )
      .map(({ id, uid, ...values }) => ({
        id,
        key: uid ?? '',
        words: `plan ${id} “${values.title}”`,
        values: { uid, ...values },
      })),
  effects: {
    'plan.created': (shown, row) => {
      const key = toKey(row)
      if (shown.has(key)) return
      change(shown, key, {
        uid: row.body['planUid'],
        client: row.client,
        title: findFreeTitle(otherTitles(shown, key, row.client), String(row.body['title'])),
        in_force: 0,
        created_at: row.at,
        removed_at: null,
      })
    },
    'plan.renamed': (shown, row, isInvented) => {
      const title = String(row.body['title'])
      const isFree = (plan: Readonly<Record<string, unknown>>, key: string): boolean =>
        isThere(plan) && !isTitleTaken(otherTitles(shown, key, plan['client']), title)
      changeIf(shown, row, isInvented, isFree, () => ({ title }))
    },
    'plan.put in force': (shown, row, isInvented) =>
      changeIf(shown, row, isInvented, isThere, () => {
        for (const [plan, { client }] of shown) if (client === row.client) change(shown, plan, { in_force: 0 })
        return { in_force: 1 }
      }),
    'plan.taken out of force': (shown, row, isInvented) =>
      changeIf(
        shown,
        row,
        isInvented,
        () => true,
        () => ({ in_force: 0 }),
      ),
    'plan.removed': (shown, row, isInvented) =>
      changeIf(
        shown,
        row,
        isInvented,
        (plan) => isThere(plan) && plan['in_force'] === 0,
        () => ({ removed_at: row.at }),
      ),
    'plan.brought back': (shown, row, isInvented) => {
      const wanted = String(row.body['title'])
      changeIf(
        shown,
        row,
        isInvented,
        (plan) => !isThere(plan),
        (key) => ({
          removed_at: null,
          title: findFreeTitle(otherTitles(shown, key, shown.get(key)?.['client']), wanted),
        }),
      )
    },
  },
  mend: {
    remove: (writer, { id }) => deletePlan(writer, id),
    write: (writer, row, values) => {
      const { client, title, in_force: active, created_at: at, removed_at: removedAt } = values
      const clientId = writer.value<number>('SELECT id FROM client WHERE slug = ?', [String(client)]) ?? 0
      const id = row?.id ?? insertPlace(writer, clientId, values['uid'], at)
      if (active === 1) writer.run('UPDATE plan SET in_force = 0 WHERE client_id = ? AND id <> ?', [clientId, id])
      // Another plan that has the title still gets its own when it is written.
      for (const other of writer.all<PlanRow>(
        'SELECT id, title FROM plan WHERE client_id = ? AND id <> ? AND removed_at IS NULL',
        [clientId, id],
      )) {
        if (removedAt === null && nameKey(other.title) === nameKey(String(title)))
          writer.run('UPDATE plan SET title = ? WHERE id = ?', [`${other.title} (${other.id})`, other.id])
      }
      writer.run('UPDATE plan SET title = ?, in_force = ?, created_at = ?, removed_at = ? WHERE id = ?', [
        String(title),
        Number(active),
        Number(at),
        removedAt as number | null,
        id,
      ])
    },
  },
}

/** A row for a plan that is missing; its other columns are written after it. */
function insertPlace(writer: Writer, clientId: number, uid: unknown, at: unknown): number {
  return writer.run('INSERT INTO plan (client_id, title, created_at, uid) VALUES (?, ?, ?, ?)', [
    clientId,
    String(uid),
    at as Value,
    uid as Value,
  ]).lastId
}
