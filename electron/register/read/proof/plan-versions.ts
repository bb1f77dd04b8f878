import type { Plan } from '../../../../shared/domain/plans/plan.ts'
import { type StoredVersion, storeVersion } from '../../plans/plans.ts'
import { change, type ProvedTable, type Recorded, type Shown } from '../../rows/proved-table.ts'

interface VersionRow {
  readonly id: number
  readonly plan: string | null
  readonly uid: string | null
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

/** The last version of a plan, and the newest one that is not a draft, by its uid. */
interface Last {
  readonly version: number
  readonly newest: string
}

/** By what is shown of the table: the last version of each plan, by its uid. */
const lasts = new WeakMap<Shown, Map<string, Last>>()

function findLasts(shown: Shown): Map<string, Last> {
  const known = lasts.get(shown) ?? new Map<string, Last>()
  lasts.set(shown, known)
  return known
}

/** `model`: undefined where it is not known. */
function addVersion(shown: Shown, row: Recorded, model: Plan | undefined, isInvented: boolean): void {
  const { planUid, versionUid, parentUid, version: number, errors, warnings, says } = row.body
  const [plan, uid] = [String(planUid), String(versionUid)]
  const known = findLasts(shown)
  const last = known.get(plan)
  const isFirst = row.action === 'plan.created'
  if (shown.has(uid) || (isFirst ? last !== undefined : last === undefined && !isInvented)) return
  // Of a plan of the sample, the versions before are not shown: its own number is.
  const version = last === undefined ? (isFirst ? 1 : Number(number)) : last.version + 1
  const isDraft = last !== undefined && last.newest !== String(parentUid)
  const findParent = (): unknown => {
    const parent = shown.get(String(parentUid))
    return parent?.['plan'] === plan ? parent['version'] : null
  }
  change(shown, uid, {
    plan,
    uid,
    version,
    // The parent may be one that is not shown.
    ...(last === undefined && !isFirst ? {} : { parent: findParent() }),
    draft: isDraft ? 1 : 0,
    model,
    ...(model === undefined ? {} : countParts(model)),
    errors,
    warnings,
    says,
    saved_at: row.at,
    saved_by: row.operator,
  })
  known.set(plan, { version, newest: isDraft ? last.newest : uid })
}

/**
 * The versions of plans by their uid: the content of none is ever changed, and the number of one follows from the order in
 * which they count. One whose parent is not the newest where it counts is a draft beside it.
 */
export const planVersionProof: ProvedTable = {
  table: 'plan_version',
  columns: [
    'plan',
    'uid',
    'version',
    'parent',
    'draft',
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
        `SELECT v.plan_id AS id, p.uid AS plan, v.uid, v.version, v.parent, v.draft, v.model, v.organizations, v.projects, v.keys, v.errors,
           v.warnings, v.says, v.saved_at, v.saved_by
         FROM plan_version v JOIN plan p ON p.id = v.plan_id ORDER BY v.plan_id, v.version`,
      )
      .map(({ id, model, ...values }) => ({
        id,
        key: values.uid ?? '',
        words: `version ${values.version} of plan ${id}`,
        values: { ...values, model: JSON.parse(model) as unknown },
      })),
  effects: {
    'plan.created': (shown, row, isInvented) => addVersion(shown, row, row.body['model'] as Plan, isInvented),
    'plan.saved': (shown, row, isInvented) => addVersion(shown, row, row.body['model'] as Plan, isInvented),
    'plan.restored': (shown, row, isInvented) => {
      const from = shown.get(String(row.body['fromUid']))
      if (from === undefined ? isInvented : from['plan'] === row.body['planUid'])
        addVersion(shown, row, from?.['model'] as Plan | undefined, isInvented)
    },
  },
  isHere: (reader, { plan }) => reader.value('SELECT 1 FROM plan WHERE uid = ?', [String(plan)]) !== undefined,
  mend: {
    // Two may change their numbers.
    isReplaced: true,
    remove: (writer, { id, values }) =>
      void writer.run('DELETE FROM plan_version WHERE plan_id = ? AND version = ?', [id, Number(values['version'])]),
    write: (writer, row, values) => {
      const { plan, draft, saved_at: at, saved_by: by, ...given } = values
      const planId = row?.id ?? writer.value<number>('SELECT id FROM plan WHERE uid = ?', [String(plan)]) ?? 0
      storeVersion(writer, { ...given, planId, draft: draft === 1, at, by } as unknown as StoredVersion)
    },
  },
}
