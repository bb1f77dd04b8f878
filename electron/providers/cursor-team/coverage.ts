import { notRead, reads, type Coverage } from '../kit/coverage.ts'

/** The lists of Cursor's Admin API, by its documentation. */
export const CURSOR_TEAM_COVERAGE: Coverage = {
  basis: ['Cursor Admin API 1.0.0, description of api-evangelist/cursor (19 May 2026), after cursor.com/docs'],
  offers: [
    reads('Members', { calls: ['GET /teams/members'], sources: ['users'] }, 'who has a seat, and with which role'),
    reads(
      'Use by day',
      { calls: ['POST /teams/daily-usage-data'], sources: ['user-activity'], reports: ['completions'] },
      'who used the seat in the last 90 days, and how much',
    ),
    notRead(
      'Audit log',
      ['GET /teams/audit-logs'],
      'it is a record of events instead of a list of access.',
      'who added or removed a member',
    ),
    notRead(
      'Spending and limits of members',
      ['POST /teams/spend'],
      'it has sums of a billing cycle that is under way, and none by day.',
      'how much each member spends beyond the seat, and where their own limit is',
    ),
    notRead(
      'Events of use',
      ['POST /teams/filtered-usage-events'],
      'it has one row for each call of a model, and 20 requests a minute: a month of a team takes hours.',
      'what each call cost, and which model it used',
    ),
    notRead(
      'Billing groups',
      ['GET /teams/groups', 'GET /teams/groups/{groupId}'],
      'they divide costs, and give no one access.',
      'to which group a member’s costs belong',
    ),
    notRead(
      'Blocklists of repositories',
      ['GET /settings/repo-blocklists/repos'],
      'they configure a tool, and give no one a seat.',
      'which files Cursor does not index',
    ),
  ],
}
