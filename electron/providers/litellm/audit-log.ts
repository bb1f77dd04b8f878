import { z } from 'zod'

import type { JsonApi } from '../kit/json-api.ts'
import type { ProviderLog } from '../kit/log.ts'
import type { LogSpan } from '../kit/open-log.ts'
import type { List } from '../kit/list.ts'
import { auditReading } from './normalise/audit.ts'

/** The documented maximum. */
const PAGE = 100

const body = z.object({ audit_logs: z.array(z.unknown()), total_pages: z.number().int().nonnegative() })

/**
 * The audit log of a proxy, which a licence offers and a setting turns on (`store_audit_logs`). Its pages have numbers: a
 * span ends in the past, so that no later event moves them.
 */
export function liteLlmLog(api: JsonApi): ProviderLog {
  return { list: (span) => toList(api, span), read: auditReading }
}

function toList(api: JsonApi, { from, to }: Pick<LogSpan, 'from' | 'to'>): List {
  const dates = { start_date: new Date(from).toISOString(), end_date: new Date(to).toISOString() }
  return {
    shape: 'next',
    limit: PAGE,
    route: 'audit',
    send: ({ limit, cursor }, options) => {
      const page = Number(cursor ?? 1)
      const query = { page, page_size: limit, ...dates, sort_by: 'updated_at', sort_order: 'desc' }
      const answer = api.get('/audit', query, options)
      return { asResponse: async () => toCursors(await answer.asResponse(), page) }
    },
  }
}

/** The answer in the form of lists whose pages name the next one; one that holds no list stays as it is. */
async function toCursors(response: Response, page: number): Promise<Response> {
  const text = await response.text()
  const { data } = body.safeParse(parse(text))
  if (data === undefined) return new Response(text)
  const isLast = page >= data.total_pages
  return Response.json({ data: data.audit_logs, has_more: !isLast, next: isLast ? null : String(page + 1) })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
