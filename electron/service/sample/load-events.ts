import type { EventFact } from '../../../shared/domain/events/event.ts'
import { DAY_MS } from '../../../shared/domain/day.ts'
import type { Writer } from '../../register/db/handles.ts'
import { beginLog, FIRST_DAYS, storeEvents } from '../../register/events/log.ts'

/** The providers whose logs are read, with their words. */
const WORDS: Readonly<Record<string, { readonly key: string; readonly member: string; readonly rule: string }>> = {
  openai: { key: 'api_key.created', member: 'user.added', rule: 'workload_identity.mapping.created' },
  anthropic: {
    key: 'platform_api_key_created',
    member: 'org_user_invite_accepted',
    rule: 'platform_federation_rule_created',
  },
}

interface Made {
  readonly x: string
  readonly name: string | null
  readonly project: string | null
  readonly at: number
  readonly actor: string | null
  readonly email: string | null
}

const KEYS = `SELECT k.external_id AS x, k.name, n.external_id AS project, k.created_at AS at, k.owner_external_id AS actor, k.owner_email AS email
  FROM key_row k LEFT JOIN project n ON n.id = k.project_id
  WHERE k.connection_id = :connection AND k.created_at > :since AND k.owner_kind = 'user' AND k.kind <> 'admin'`

/** The owner who was there first. */
const FIRST_OWNER = `LEFT JOIN account_now oa ON oa.id = (SELECT min(g.principal_id) FROM grant g JOIN principal q ON q.id = g.principal_id AND q.kind = 'user'
    WHERE g.connection_id = :connection AND g.project_id IS NULL AND g.level IN ('owner', 'admin') AND g.to_sync IS NULL)
  LEFT JOIN principal o ON o.id = oa.id`

/** Members were added by that owner. */
const MEMBERS = `SELECT p.external_id AS x, p.name, NULL AS project, p.added_at AS at, o.external_id AS actor, oa.email
  FROM account_row p ${FIRST_OWNER}
  WHERE p.connection_id = :connection AND p.kind = 'user' AND p.added_at > :since`

/** And so were federation rules made. */
const RULES = `SELECT v.external_id AS x, v.name, NULL AS project, v.created_at AS at, o.external_id AS actor, oa.email
  FROM federation_version v ${FIRST_OWNER}
  WHERE v.connection_id = :connection AND v.to_sync IS NULL AND v.created_at > :since`

/** Fills the logs of the sample's connections with who made the keys and rules and added the members that their lists show. */
export function loadEvents(writer: Writer, connections: readonly { readonly id: number }[], now: number): void {
  for (const { id } of connections) {
    const provider = writer.value<string>('SELECT provider FROM connection WHERE id = ?', [id]) ?? ''
    const words = WORDS[provider]
    const sync = writer.get<{ readonly id: number; readonly at: number }>(
      "SELECT id, finished_at AS at FROM sync WHERE connection_id = ? AND state IN ('complete', 'partial') ORDER BY id DESC LIMIT 1",
      [id],
    )
    if (words === undefined || sync === undefined) continue
    const of = { connection: id, since: now - FIRST_DAYS * DAY_MS }
    const events = [
      ...writer.all<Made>(KEYS, of).map((made) => toEvent(words.key, 'key', made)),
      ...writer.all<Made>(MEMBERS, of).map((made) => toEvent(words.member, 'user', made)),
      ...writer.all<Made>(RULES, of).map((made) => toEvent(words.rule, 'federation', made)),
    ].filter(({ at }) => at <= sync.at)
    for (const { id: span } of beginLog(writer, id, sync.at).spans) {
      storeEvents(writer, { id: span, connectionId: id }, { events, position: null, isEnd: true })
    }
    writer.run(
      `INSERT INTO sync_source (sync_id, source, project, state, fetched, excluded) VALUES (?, 'audit-log', '', 'complete', ?, '[]')`,
      [sync.id, events.length],
    )
  }
}

function toEvent(type: string, kind: 'key' | 'user' | 'federation', made: Made): EventFact {
  return {
    externalId: `audit_log-${made.x}`,
    at: made.at,
    type,
    act: 'created',
    subject: { kind, externalId: made.x, name: made.name },
    project: made.project,
    role: null,
    level: null,
    actor: { kind: 'user', externalId: made.actor, email: made.email, address: null, agent: null },
    detail: {},
  }
}
