import type { QueryResultRow } from 'pg'

import { type Job, type Lease, MOST_LEASES, type TeamLeases } from '../leases.ts'

type All = <R extends QueryResultRow>(text: string, values: readonly unknown[]) => Promise<readonly R[]>

/** Milliseconds as PostgreSQL adds them to a time. */
const AFTER = (parameter: string): string => `now() + ${parameter} * interval '1 millisecond'`
/** `current_user` is the holder: the policies let no login name another. */
const OF_LEASE = 'WHERE stream_id = $1 AND job_id = $2 AND token = $3 AND holder = current_user'

/** The lease of an entry's statement: it holds the row until the entries are placed or refused. */
export const LEASED = (first: number): string => `WITH leased AS (
  UPDATE castellan.lease SET until = until WHERE stream_id = $1 AND job_id = $${first} AND token = $${first + 1}
    AND holder = current_user AND until > now() RETURNING token)`

export function openLeases(all: All): Omit<TeamLeases, 'pushUnderLease'> {
  return {
    addJobs: async (jobs) => {
      await all(
        `INSERT INTO castellan.lease (stream_id, job_id, due_at)
         SELECT x.stream_id, x.job_id, now() FROM unnest($1::uuid[], $2::uuid[]) AS x (stream_id, job_id) ON CONFLICT DO NOTHING`,
        toColumns(jobs),
      )
    },
    // The rows are locked in a part of their own: a part of the condition might be read again for each row.
    takeLeases: async (jobs, ms, early = false) => {
      const rows = await all<{ stream_id: string; job_id: string; token: number }>(
        `WITH due AS (SELECT l.stream_id, l.job_id FROM castellan.lease l
           WHERE l.stream_id = ANY($1::uuid[]) AND l.job_id = ANY($2::uuid[]) AND ($4::boolean OR l.due_at <= now())
             AND (l.until IS NULL OR l.until < now())
           ORDER BY l.due_at LIMIT ${MOST_LEASES} FOR UPDATE SKIP LOCKED)
         UPDATE castellan.lease SET holder = current_user, token = token + 1, until = ${AFTER('$3')}
         FROM due WHERE castellan.lease.stream_id = due.stream_id AND castellan.lease.job_id = due.job_id
         RETURNING castellan.lease.stream_id, castellan.lease.job_id, token`,
        [...toColumns(jobs), ms, early],
      )
      return rows.map((row): Lease => ({ stream: row.stream_id, job: row.job_id, token: row.token }))
    },
    renewLease: async ({ stream, job, token }, ms) => {
      const renew = `UPDATE castellan.lease SET until = ${AFTER('$4')} ${OF_LEASE} AND until > now() RETURNING token`
      return (await all(renew, [stream, job, token, ms])).length > 0
    },
    finishLease: async ({ stream, job, token }, dueIn) => {
      const finish = `UPDATE castellan.lease SET holder = NULL, until = NULL, due_at = ${AFTER('$4')} ${OF_LEASE} RETURNING token`
      return (await all(finish, [stream, job, token, dueIn])).length > 0
    },
  }
}

function toColumns(jobs: readonly Job[]): readonly unknown[] {
  return [jobs.map(({ stream }) => stream), jobs.map(({ job }) => job)]
}
