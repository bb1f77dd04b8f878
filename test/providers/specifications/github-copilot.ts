import type { Specification } from './specification.ts'

/**
 * The paths about Copilot of one organization that read, and those of the organization itself. Those about an
 * enterprise, a repository or a user are of other credentials.
 */
export const GITHUB_COPILOT_SPECIFICATION: Specification = {
  of: '@octokit/openapi-types 29.0.1',
  version: '2022-11-28',
  date: '2026-11-26',
  reads: [
    'GET /orgs/{org}',
    'GET /orgs/{org}/copilot-spaces',
    'GET /orgs/{org}/copilot-spaces/{space_number}',
    'GET /orgs/{org}/copilot-spaces/{space_number}/collaborators',
    'GET /orgs/{org}/copilot-spaces/{space_number}/resources',
    'GET /orgs/{org}/copilot-spaces/{space_number}/resources/{space_resource_id}',
    'GET /orgs/{org}/copilot/billing',
    'GET /orgs/{org}/copilot/billing/seats',
    'GET /orgs/{org}/copilot/coding-agent/permissions',
    'GET /orgs/{org}/copilot/coding-agent/permissions/repositories',
    'GET /orgs/{org}/copilot/content_exclusion',
    'GET /orgs/{org}/copilot/metrics/reports/organization-1-day',
    'GET /orgs/{org}/copilot/metrics/reports/organization-28-day/latest',
    'GET /orgs/{org}/copilot/metrics/reports/repos-1-day',
    'GET /orgs/{org}/copilot/metrics/reports/user-teams-1-day',
    'GET /orgs/{org}/copilot/metrics/reports/users-1-day',
    'GET /orgs/{org}/copilot/metrics/reports/users-28-day/latest',
    'GET /orgs/{org}/members/{username}/copilot',
    'GET /user/orgs',
    'POST /graphql',
  ],
}
