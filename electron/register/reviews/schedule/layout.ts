import { toLocalDay } from '../../../../shared/domain/day.ts'
import { reviewTitle } from '../../../../shared/domain/reviews/review.ts'
import type { Writer } from '../../db/handles.ts'
import { scheduleOfClients } from './schedule.ts'

/** The columns of `f_review`: when the reviews of a connection's client have to be signed. */
export const REVIEWS_DUE = 'connection_id INTEGER, title TEXT, due_on TEXT'

/** Fills the table with due days of client reviews, for the connections under evaluation (`f_connection`). */
export function layOutReviews(writer: Writer, now: number): void {
  const connections = writer.all<{ readonly id: number; readonly clientId: number }>(
    'SELECT f.id, cn.client_id AS clientId FROM temp.f_connection f JOIN connection cn ON cn.id = f.id',
  )
  const clients = Map.groupBy(connections, (connection) => connection.clientId)
  const insert = writer.prepare('INSERT INTO temp.f_review VALUES (?, ?, ?)')
  for (const { clientId, row } of scheduleOfClients(writer, [...clients.keys()], { now, today: toLocalDay(now) })) {
    if (row.dueOn === null) continue
    for (const { id } of clients.get(clientId) ?? []) insert([id, reviewTitle(row.kind), row.dueOn])
  }
}
