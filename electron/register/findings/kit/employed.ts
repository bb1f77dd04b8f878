import { jobFunction } from '../../../../shared/domain/people/job-function.ts'
import type { Writer } from '../../db/handles.ts'
import { isUsable } from '../../facts/key-state.ts'
import { EFFECTIVE_GRANTS } from '../../facts/grant-now.ts'

/**
 * The columns of `f_employed`: HR data about the person of a principal, with the counts that rules compare. `projects`
 * is counted for contractors, `keys` for people who have left or will leave, `calls_api` for finance.
 */
export const EMPLOYED = `id INTEGER PRIMARY KEY, status TEXT, ends_on TEXT, contractor INTEGER, job_title TEXT, job_function TEXT,
  projects INTEGER, keys INTEGER, calls_api INTEGER`

/** Fills the table with the principals under evaluation (`f_principal`) that HR data covers. */
export function layOutEmployed(writer: Writer, now: number): void {
  writer.run(
    `INSERT INTO temp.f_employed
     SELECT p.id, e.status, e.ends_on, e.contractor, e.job_title, NULL,
       CASE WHEN e.contractor = 1 THEN (SELECT count(DISTINCT a.project_id) FROM ${EFFECTIVE_GRANTS} a
         WHERE a.principal_id = p.id AND a.project_id IS NOT NULL) ELSE 0 END,
       CASE WHEN e.status = 'departed' OR e.ends_on IS NOT NULL THEN (SELECT count(*) FROM reported_key_row k
         WHERE k.owner_external_id = p.external_id AND +k.connection_id = p.connection_id AND ${isUsable('k')}) ELSE 0 END,
       0
     FROM temp.f_principal p CROSS JOIN principal o ON o.id = p.id CROSS JOIN employment e ON e.person_id = o.person_id`,
    { now },
  )
  nameFunctions(writer)
  writer.run(
    `UPDATE temp.f_employed SET calls_api = EXISTS (SELECT 1 FROM ${EFFECTIVE_GRANTS} a
       WHERE a.principal_id = f_employed.id AND a.level IN ('owner', 'admin', 'member')) WHERE job_function = 'finance'`,
    { now },
  )
}

/** Each title is read once, however many people have it. */
function nameFunctions(writer: Writer): void {
  writer.run(
    'CREATE TEMP TABLE IF NOT EXISTS f_job (job_title TEXT PRIMARY KEY, job_function TEXT NOT NULL) WITHOUT ROWID',
  )
  writer.run('DELETE FROM temp.f_job')
  const titles = writer.column<string>('SELECT DISTINCT job_title FROM temp.f_employed WHERE job_title IS NOT NULL')
  const insert = writer.prepare('INSERT INTO temp.f_job VALUES (?, ?)')
  for (const title of titles) {
    const work = jobFunction(title)
    if (work !== null) insert([title, work])
  }
  writer.run(
    'UPDATE temp.f_employed SET job_function = j.job_function FROM temp.f_job j WHERE j.job_title = f_employed.job_title',
  )
}
