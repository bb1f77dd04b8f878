import type { Specification } from './specification.ts'

/** The paths of the Admin API that read; three of them are asked with POST. */
export const CURSOR_TEAM_SPECIFICATION: Specification = {
  of: 'api-evangelist/cursor, openapi/_original/cursor-admin-api-openapi.yml',
  version: '1.0.0',
  date: '2026-05-19',
  reads: [
    'GET /settings/repo-blocklists/repos',
    'GET /teams/audit-logs',
    'GET /teams/groups',
    'GET /teams/groups/{groupId}',
    'GET /teams/members',
    'POST /teams/daily-usage-data',
    'POST /teams/filtered-usage-events',
    'POST /teams/spend',
  ],
}
