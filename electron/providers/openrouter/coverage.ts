import { notRead, reads, type Coverage } from '../kit/coverage.ts'

const get = (...paths: readonly string[]): readonly string[] => paths.map((path) => `GET ${path}`)

/** The offer of OpenRouter's API, by its published specification. */
export const OPENROUTER_COVERAGE: Coverage = {
  basis: ['OpenRouter API 1.0.0, specification of OpenRouterTeam/typescript-sdk at cb9393a (22 Aug 2026)'],
  offers: [
    reads(
      'Key of the connection',
      { calls: get('/key'), sources: ['organization'] },
      'whether the key may administer the organization',
    ),
    reads('Members', { calls: get('/organization/members'), sources: ['users'] }, 'who belongs to the organization'),
    reads(
      'Workspaces',
      { calls: get('/workspaces'), same: get('/workspaces/{id}'), sources: ['projects'] },
      'which workspaces exist',
    ),
    reads(
      'Members of workspaces',
      { calls: get('/workspaces/{id}/members'), sources: ['project-users'] },
      'who is a member of a workspace',
    ),
    reads(
      'Keys',
      {
        calls: get('/keys'),
        same: get('/keys/{hash}'),
        sources: ['project-keys'],
        partial:
          'Without include_disabled, disabled keys are left out: they are asked for. A key is of the workspace that its row names.',
      },
      'which keys call models, who made them and what they may spend',
    ),
    reads(
      'Deposited keys of other vendors (BYOK)',
      { calls: get('/byok'), same: get('/byok/{id}'), sources: ['deposited-keys'] },
      'which keys of other vendors are deposited here, and have to be rotated here too',
    ),
    reads(
      'Guardrails and their assignments',
      {
        calls: get('/guardrails', '/guardrails/assignments/keys', '/guardrails/assignments/members'),
        same: get('/guardrails/{id}', '/guardrails/{id}/assignments/keys', '/guardrails/{id}/assignments/members'),
        sources: ['guardrails'],
      },
      'which models and amounts a guardrail permits a key or a member',
    ),
    reads(
      'Budgets of workspaces',
      {
        calls: get('/workspaces/{id}/budgets'),
        same: get('/workspaces/{id}/budgets/{interval}'),
        sources: ['project-spend-limits'],
      },
      'at which amount a workspace is stopped',
    ),
    reads(
      'Activity: costs and usage',
      { calls: get('/activity'), reports: ['cost', 'completions'] },
      'what was billed, and for how many requests and tokens',
    ),
    notRead(
      'Query of analytics',
      [...get('/analytics/meta'), 'POST /analytics/query'],
      'it names keys by their labels instead of by their hashes, so that its sums belong to no certain key.',
      'nothing: the list of activity, which is read for every key, has the same sums',
    ),
    reads(
      'Groups of the identity provider (SCIM), and their roles in workspaces',
      {
        calls: get('/scim/groups', '/scim/group-mappings'),
        same: get('/scim/group-mappings/{id}'),
        sources: ['groups', 'group-roles'],
      },
      'which groups of the identity provider have a role in a workspace',
    ),
    notRead(
      'Members of those groups',
      [],
      'the specification has no list of them.',
      'who is in a group of the identity provider',
    ),
    notRead(
      'IP allow list, longest life of keys, and last use of keys',
      [],
      'the specification has none of them; when a key was last used follows from its daily use.',
      'from which addresses keys are accepted, and how long a new key may live',
    ),
    notRead(
      'Credits',
      get('/credits'),
      'it is the balance of the account, and gives no one access.',
      'how much is left to spend',
    ),
    notRead(
      'Destinations of observability',
      get('/observability/destinations', '/observability/destinations/{id}'),
      'they send data out, and give no one access to the organization.',
      'where prompts and answers are copied to',
    ),
    notRead(
      'Presets, files, generations and videos',
      get(
        '/presets',
        '/presets/{slug}',
        '/presets/{slug}/versions',
        '/presets/{slug}/versions/{version}',
        '/files',
        '/files/{file_id}',
        '/files/{file_id}/content',
        '/generation',
        '/generation/content',
        '/videos/{jobId}',
        '/videos/{jobId}/content',
      ),
      'they are work that was done with models, which Castellan never reads.',
      'what was asked and answered',
    ),
    notRead(
      'Catalogue of models and public statistics',
      get(
        '/models',
        '/models/count',
        '/models/user',
        '/model/{author}/{slug}',
        '/models/{author}/{slug}/endpoints',
        '/embeddings/models',
        '/images/models',
        '/images/models/{author}/{slug}/endpoints',
        '/videos/models',
        '/endpoints/zdr',
        '/providers',
        '/benchmarks',
        '/classifications/task',
        '/datasets/app-rankings',
        '/datasets/rankings-daily',
        '/datasets/session-cost',
      ),
      'it is the same for every customer.',
      'which models are offered',
    ),
  ],
}
