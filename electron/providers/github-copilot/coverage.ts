import { notRead, reads, type Coverage } from '../kit/coverage.ts'

const get = (...paths: readonly string[]): readonly string[] => paths.map((path) => `GET ${path}`)

/** The offer of GitHub's API about Copilot, by its published specification. */
export const GITHUB_COPILOT_COVERAGE: Coverage = {
  basis: [
    'GitHub REST API 2022-11-28, paths about Copilot of @octokit/openapi-types 29.0.1; GitHub GraphQL API for addresses',
  ],
  offers: [
    reads(
      'Organization',
      {
        calls: get('/user/orgs', '/orgs/{org}'),
        sources: ['organization'],
        partial:
          'A token is shown the organizations that it may open. With none or several of them, the address of the connection has to name one.',
      },
      'which organization pays for the seats',
    ),
    reads(
      'Seats',
      {
        calls: get('/orgs/{org}/copilot/billing/seats'),
        same: get('/orgs/{org}/members/{username}/copilot'),
        sources: ['users'],
        partial:
          'The number in the answer is of the seats that are billed, which may be fewer or more than the rows: the list is read to its last page.',
      },
      'who has a seat, by which team, and when it was last used',
    ),
    reads(
      'Addresses of members',
      {
        calls: ['POST /graphql'],
        sources: ['user-addresses'],
        needs:
          'The token needs the permission Members (read:org); addresses are of single sign-on or verified domains.',
        partial: 'With the reason in the body, beside what the token may read: the list is then denied.',
      },
      'to which person a seat belongs, so that a leaver’s seat may be missed',
    ),
    notRead(
      'Settings and numbers of seats',
      get('/orgs/{org}/copilot/billing'),
      'the seats, which are read, have the same numbers.',
      'whether every member gets a seat, and which features the organization allows',
    ),
    notRead(
      'Reports of use',
      get(
        '/orgs/{org}/copilot/metrics/reports/organization-1-day',
        '/orgs/{org}/copilot/metrics/reports/organization-28-day/latest',
        '/orgs/{org}/copilot/metrics/reports/repos-1-day',
        '/orgs/{org}/copilot/metrics/reports/user-teams-1-day',
        '/orgs/{org}/copilot/metrics/reports/users-1-day',
        '/orgs/{org}/copilot/metrics/reports/users-28-day/latest',
      ),
      'they are addresses of files elsewhere, to which no request of Castellan goes.',
      'how much each person used Copilot, and for what',
    ),
    notRead(
      'Permissions of the coding agent, and excluded content',
      get(
        '/orgs/{org}/copilot/coding-agent/permissions',
        '/orgs/{org}/copilot/coding-agent/permissions/repositories',
        '/orgs/{org}/copilot/content_exclusion',
      ),
      'they configure a tool, and give no one a seat.',
      'in which repositories the agent works, and which files Copilot does not see',
    ),
    notRead(
      'Spaces',
      get(
        '/orgs/{org}/copilot-spaces',
        '/orgs/{org}/copilot-spaces/{space_number}',
        '/orgs/{org}/copilot-spaces/{space_number}/collaborators',
        '/orgs/{org}/copilot-spaces/{space_number}/resources',
        '/orgs/{org}/copilot-spaces/{space_number}/resources/{space_resource_id}',
      ),
      'they are work that is shared by members, which Castellan never reads.',
      'who sees which space',
    ),
  ],
}
