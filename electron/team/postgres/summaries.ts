import type { QueryResultRow } from 'pg'

import type { TeamLog } from '../log.ts'

type All = <R extends QueryResultRow>(text: string, values: readonly unknown[]) => Promise<readonly R[]>

interface SummaryRow {
  readonly stream_id: string
  readonly generation: number
  readonly device_id: string
  readonly written_at: number
  readonly sealed: Buffer
  readonly signature: Buffer
}

export function openSummaries(all: All): Pick<TeamLog, 'summaries' | 'putSummaries'> {
  return {
    summaries: async (clients) => {
      const rows = await all<SummaryRow>(
        `SELECT stream_id, generation, device_id, written_at, sealed, signature FROM castellan.summary
         WHERE stream_id = ANY($1::uuid[])`,
        [clients],
      )
      return rows.map((row) => ({
        stream: row.stream_id,
        generation: row.generation,
        device: row.device_id,
        at: row.written_at,
        sealed: row.sealed,
        signature: row.signature,
      }))
    },
    putSummaries: async (summaries) => {
      // Where access is about to be given or was just taken away, the others are stored nevertheless.
      await all(
        `INSERT INTO castellan.summary (stream_id, generation, device_id, written_at, sealed, signature)
         SELECT x.* FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::bigint[], $5::bytea[], $6::bytea[])
           AS x (stream_id, generation, device_id, written_at, sealed, signature)
         JOIN castellan.access a ON a.stream_id = x.stream_id AND a.role_name = current_user AND a.may_append
         ON CONFLICT (stream_id) DO UPDATE SET generation = excluded.generation, device_id = excluded.device_id,
           written_at = excluded.written_at, sealed = excluded.sealed, signature = excluded.signature`,
        [
          summaries.map(({ stream }) => stream),
          summaries.map(({ generation }) => generation),
          summaries.map(({ device }) => device),
          summaries.map(({ at }) => at),
          summaries.map(({ sealed }) => Buffer.from(sealed)),
          summaries.map(({ signature }) => Buffer.from(signature)),
        ],
      )
    },
  }
}
