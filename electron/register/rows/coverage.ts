import { TABLES } from './tables.ts'

/**
 * How the verification of a register proves a table: `chain`: the journal and the history of a team by their hashes; `operations`: every row follows
 * from operations; `journal`: the columns that rows of the journal have are compared with them; `readings`: by the digest
 * that each sync journaled; `derived`: computed from other tables, and again at any time; `machine`: what this machine
 * remembers for itself; `not-yet`: nothing of it is compared.
 */
export type ProofOf = 'chain' | 'operations' | 'journal' | 'readings' | 'derived' | 'machine' | 'not-yet'

const tables = (proof: ProofOf, ...names: readonly string[]): readonly (readonly [string, ProofOf])[] =>
  names.map((name) => [name, proof] as const)

/** Every table of the register. */
export const TABLE_PROOFS: ReadonlyMap<string, ProofOf> = new Map([
  ...tables('chain', 'journal', 'journal_head', 'team_log', 'team_batch', 'team_card', 'team_operation'),
  ...tables('operations', 'rotation', 'review_item_facts', 'review_source', 'review_left'),
  ...TABLES.map(({ table, part }) => [table, part === undefined ? 'operations' : 'journal'] as const),
  ...tables('journal', 'finding', 'review_item'),
  ...tables(
    'readings',
    'sync',
    'project',
    'project_version',
    'principal_version',
    'key',
    'key_version',
    'membership',
    'grant',
    'limit_version',
  ),
  ...tables('readings', 'federation_version', 'detail_version', 'certificate_version', 'restriction_version'),
  ...tables(
    'derived',
    'grant_path',
    'finding_evaluation',
    'finding_tally',
    'finding_worst_tally',
    'team_topic',
    'client_tally',
  ),
  ...tables('derived', 'connection_tally', 'search_key', 'search_person', 'search_project', 'search_name'),
  ...tables(
    'machine',
    'connection_local',
    'meta',
    'migration',
    'reminder',
    'report_reminder',
    'review_reminder',
    'budget_alert',
    'team_waiting',
    'team_bytes',
    'team_sealed',
    'team_key',
    'team_sent',
    'team_fork',
  ),
  ...tables('not-yet', 'budget_history', 'employment', 'event', 'event_gap', 'event_log', 'event_span', 'person'),
  ...tables('not-yet', 'person_address'),
  ...tables('not-yet', 'review_told_overdue', 'sync_source', 'usage_cell', 'usage_fact'),
  ...tables(
    'not-yet',
    'usage_folder_file',
    'usage_import',
    'usage_name',
    'usage_part',
    'usage_part_sum',
    'usage_report',
  ),
  ...tables('not-yet', 'usage_request_piece'),
])

/** The tables that are proved in one way, by name. */
export function tablesProved(proof: ProofOf): readonly string[] {
  return [...TABLE_PROOFS].flatMap(([table, how]) => (how === proof ? [table] : [])).toSorted()
}
