import type { Plan } from '../../../../shared/domain/plans/plan.ts'
import { nameKey } from '../../../../shared/domain/text/names.ts'
import { change, numberIn, type ProvedTable, type Recorded, type Shown } from './table.ts'

interface PlanRow {
  readonly id: number
  readonly title: string
}

/** Plans, by their number, which every row of the journal about one has. */
export const planProof: ProvedTable = {
  table: 'plan',
  columns: ['uid', 'client', 'title', 'in_force', 'created_at', 'removed_at'],
  rows: (reader) =>
    reader
      .all<PlanRow>(
        `SELECT p.id, p.uid, c.slug AS client, p.title, p.in_force, p.created_at, p.removed_at
         FROM plan p JOIN client c ON c.id = p.client_id ORDER BY p.id`,
      )
      .map(({ id, ...values }) => ({ id, key: String(id), words: `plan ${id} “${values.title}”`, values })),
  effects: {
    'plan.created': (shown, row) =>
      change(shown, numberIn(row, 'plan'), {
        uid: row.body['planUid'],
        client: row.client,
        title: row.subject,
        in_force: 0,
        created_at: row.at,
        removed_at: null,
      }),
    'plan.renamed': (shown, row) => {
      // Answers about names had this action before they were operations.
      if (row.body['part'] === undefined) change(shown, numberIn(row, 'plan'), { title: row.subject })
    },
    'plan.put in force': (shown, row) => {
      for (const [plan, { client }] of shown) if (client === row.client) change(shown, plan, { in_force: 0 })
      change(shown, numberIn(row, 'plan'), { in_force: 1 })
    },
    'plan.taken out of force': (shown, row) => change(shown, numberIn(row, 'plan'), { in_force: 0 }),
    'plan.removed': (shown, row) => change(shown, numberIn(row, 'plan'), { removed_at: row.at }),
    'plan.brought back': (shown, row) => change(shown, numberIn(row, 'plan'), { removed_at: null, title: row.subject }),
  },
}

interface VersionRow {
  readonly plan: number
  readonly version: number
  readonly model: string
}

/** What lists show of a model. */
function countParts({ organizations, projects }: Plan) {
  return {
    organizations: organizations.length,
    projects: projects.length,
    keys: projects.reduce((sum, { keys }) => sum + keys.length, 0),
  }
}

/** Older rows of the journal have no model. */
function addVersion(shown: Shown, row: Recorded, model: Plan | undefined): void {
  const { version, errors, warnings, says } = row.body
  const plan = numberIn(row, 'plan')
  change(shown, `${plan} ${String(version)}`, {
    plan: Number(plan),
    version,
    model,
    ...(model === undefined ? {} : countParts(model)),
    errors,
    warnings,
    says,
    saved_at: row.at,
    saved_by: row.operator,
  })
}

/** The versions of plans, none of which is ever changed. */
export const planVersionProof: ProvedTable = {
  table: 'plan_version',
  columns: [
    'plan',
    'version',
    'model',
    'organizations',
    'projects',
    'keys',
    'errors',
    'warnings',
    'says',
    'saved_at',
    'saved_by',
  ],
  rows: (reader) =>
    reader
      .all<VersionRow>(
        `SELECT plan_id AS plan, version, model, organizations, projects, keys, errors, warnings, says, saved_at, saved_by
         FROM plan_version ORDER BY plan_id, version`,
      )
      .map(({ model, ...values }) => ({
        id: values.plan,
        key: `${values.plan} ${values.version}`,
        words: `version ${values.version} of plan ${values.plan}`,
        values: { ...values, model: JSON.parse(model) as unknown },
      })),
  effects: {
    'plan.created': (shown, row) => addVersion(shown, row, row.body['model'] as Plan | undefined),
    'plan.saved': (shown, row) => addVersion(shown, row, row.body['model'] as Plan | undefined),
    'plan.restored': (shown, row) => {
      const from = shown.get(`${numberIn(row, 'plan')} ${String(row.body['from'])}`)
      addVersion(shown, row, from?.['model'] as Plan | undefined)
    },
  },
}

interface BindingRow {
  readonly plan: number
  readonly organization: string
  readonly connection: number
}

/** Which connection an organization of a plan is, by the numbers of plan and connection. */
export const planBindingProof: ProvedTable = {
  table: 'plan_binding',
  columns: ['plan', 'organization', 'connection'],
  rows: (reader) =>
    reader
      .all<BindingRow>(
        `SELECT plan_id AS plan, organization, connection_id AS connection FROM plan_binding ORDER BY plan_id, organization`,
      )
      .map((values) => ({
        id: values.plan,
        key: `${values.plan} ${values.organization}`,
        words: `the organization ${values.organization} of plan ${values.plan}`,
        values: { ...values },
      })),
  effects: {
    'plan.bound': (shown, row) => {
      const plan = Number(numberIn(row, 'plan'))
      const organization = nameKey(String(row.body['organization']))
      const connection = typeof row.body['connection'] === 'number' ? row.body['connection'] : null
      for (const [key, bound] of shown) {
        if (bound['plan'] === plan && (bound['organization'] === organization || bound['connection'] === connection)) {
          shown.delete(key)
        }
      }
      if (connection !== null) shown.set(`${plan} ${organization}`, { plan, organization, connection })
    },
  },
}

interface SameRow {
  readonly plan: number
  readonly part: string
  readonly planned: string
  readonly subject: string
  readonly same: number
}

const toAnswer = (plan: number, part: string, planned: string, subject: string): string =>
  JSON.stringify([plan, part, planned, subject])

/** Answers about names of a plan. Older rows of the journal name the subject by its number alone. */
export const planSameProof: ProvedTable = {
  table: 'plan_same',
  hasOlderRows: true,
  columns: ['plan', 'part', 'planned', 'subject', 'same'],
  rows: (reader) =>
    reader
      .all<SameRow>(
        `SELECT a.plan_id AS plan, a.part, a.planned, a.same, n.uid || ' ' || s.external_id AS subject
         FROM plan_same a JOIN (SELECT 'project' AS part, id, connection_id, external_id FROM project
           UNION ALL SELECT 'key', id, connection_id, external_id FROM key) s ON s.part = a.part AND s.id = a.subject_id
         JOIN connection n ON n.id = s.connection_id ORDER BY a.plan_id, a.part, a.planned, a.subject_id`,
      )
      .map(({ plan, part, planned, subject, same }) => ({
        id: plan,
        key: toAnswer(plan, part, planned, subject),
        words: `the answer about the ${part} ${planned} of plan ${plan}`,
        values: { plan, part, planned, subject, same },
      })),
  effects: {
    'plan.answered': (shown, row) => {
      const { part, planned: typed, subjectNamed, same } = row.body
      const { connectionUid, externalId } = subjectNamed as Readonly<Record<string, string>>
      const plan = Number(numberIn(row, 'plan'))
      const planned = nameKey(String(typed))
      const subject = `${connectionUid} ${externalId}`
      const values = { plan, part, planned, subject, same: same === true ? 1 : 0 }
      shown.set(toAnswer(plan, String(part), planned, subject), values)
    },
    // Read for the note that there are older rows.
    'plan.renamed': () => undefined,
  },
}
