import { isForEveryone, issuerName } from './issuers.ts'
/**
 * How far a federation rule pins down which workloads it accepts, the tightest first. `exact`: one subject, or one
 * repository at one branch, tag or environment. `repository`: a repository, any branch. `owner`: any repository of an
 * owner. `pattern`: every subject that begins so, or every token with claims that name no repository. `condition`: by an
 * expression, and `claims`: by claims of an issuer that is not known here, so that nothing is concluded from either.
 * `open`: every token of the issuer.
 */
export const PINS = ['exact', 'repository', 'owner', 'pattern', 'condition', 'claims', 'open'] as const
export type Pin = (typeof PINS)[number]

/** The pins of a rule that names no repository. */
export const WILD_PINS: readonly Pin[] = ['owner', 'pattern', 'open']

/** The conditions of a rule on the token of a workload. */
export interface WorkloadMatch {
  /** The issuer's URL; null where it could not be read. */
  readonly issuer: string | null
  /** The subject; one that ends in `*` is a pattern. */
  readonly subject: string | null
  /** Other claims with their exact values. */
  readonly claims: Readonly<Record<string, string>>
  /** An expression over the claims. */
  readonly condition: string | null
}

export interface Workload {
  readonly pin: Pin
  /** `any workload of the repository acme/web on the branch main (GitHub Actions)`. */
  readonly words: string
}

/** Claims whose values each name one workload (Google Cloud, Microsoft Entra). */
const NAMES_ONE = ['email', 'oid', 'appid', 'azp', 'client_id']

interface CodeSource {
  readonly owner: string | null
  readonly repository: string | null
  readonly ref: string | null
}

/** `repo:acme/web:ref:refs/heads/main` of GitHub, `project_path:acme/web:ref_type:branch:ref:main` of GitLab. */
const SUBJECT = /^(?:repo|project_path):(?<path>[^:*]*)(?<open>\*?)(?::(?<rest>.*))?$/u

/** GitHub's subject of every pull request of a repository: everyone who can push a branch can open one. */
const PULL_REQUEST = 'pull_request'

function placeInSubject(subject: string): CodeSource | null {
  const { path = '', open = '', rest } = SUBJECT.exec(subject)?.groups ?? {}
  if (path === '') return null
  const [owner = ''] = path.split('/')
  const isWhole = open === '' && path.includes('/') && !path.endsWith('/')
  const ref = rest === undefined || rest === '' || rest.endsWith('*') || rest === PULL_REQUEST ? null : rest
  return {
    owner: path.includes('/') || open === '' ? owner : null,
    repository: isWhole ? path : null,
    ref: isWhole ? ref : null,
  }
}

function placeInClaims(claims: WorkloadMatch['claims']): CodeSource {
  const path = claims['repository'] ?? claims['project_path'] ?? null
  const repository = path ?? claims['repository_id'] ?? claims['project_id'] ?? null
  const owner =
    claims['repository_owner'] ??
    claims['namespace_path'] ??
    claims['repository_owner_id'] ??
    claims['namespace_id'] ??
    path?.split('/')[0] ??
    null
  const ref = claims['ref'] ?? claims['environment'] ?? claims['job_workflow_ref'] ?? null
  return { owner, repository, ref }
}

const isPattern = (value: string | null): boolean => value?.endsWith('*') === true

/** `refs/heads/main` and `ref_type:branch:ref:main` as people name them. */
function refWords(ref: string): string {
  const plain = ref.replace(/^ref:/u, '')
  const [, kind, name] =
    /^refs\/(heads|tags)\/(.+)$/u.exec(plain) ?? /^ref_type:(branch|tag):ref:(.+)$/u.exec(ref) ?? []
  if (name !== undefined) return `on the ${kind === 'tags' || kind === 'tag' ? 'tag' : 'branch'} ${name}`
  const environment = /^environment:(.+)$/u.exec(plain)?.[1]
  return environment === undefined ? `as ${plain}` : `in the environment ${environment}`
}

/**
 * Which workloads a federation rule accepts. Two claims are required together, so the tighter one counts; a
 * condition may narrow anything that is not exact.
 *
 * @example describeWorkload({ issuer: 'https://token.actions.githubusercontent.com', subject: 'repo:acme/web:*', claims: {}, condition: null })
 * // { pin: 'repository', words: 'any workload of the repository acme/web on any branch (GitHub Actions)' }
 */
export function describeWorkload(match: WorkloadMatch): Workload {
  const { pin, words } = describeClaims(match)
  const { issuer, condition } = match
  const platform = issuer === null ? 'of an issuer that could not be read' : issuerName(issuer)
  const given = (of: Pin, text: string): Workload => ({
    pin: of,
    words: platform === '' ? text : `${text} (${platform})`,
  })
  if (condition === null || condition === '' || pin === 'exact') return given(pin, words)
  return pin === 'open'
    ? given('condition', `workloads that meet a condition: ${condition}`)
    : given('condition', `${words}, under a condition: ${condition}`)
}

/** Describes the conditions of subject and claims alone. */
function describeClaims({ issuer, subject, claims }: WorkloadMatch): Workload {
  const inSubject = subject === null ? null : placeInSubject(subject)
  const inClaims = placeInClaims(claims)
  const open = (value: string | null | undefined): string | null => (value && !isPattern(value) ? value : null)
  const repository = open(inSubject?.repository) ?? open(inClaims.repository)
  const owner = open(inSubject?.owner) ?? open(inClaims.owner)
  const ref = open(inSubject?.ref) ?? open(inClaims.ref)
  if (repository !== null) {
    return ref === null
      ? { pin: 'repository', words: `any workload of the repository ${repository} on any branch` }
      : { pin: 'exact', words: `workloads of the repository ${repository} ${refWords(ref)}` }
  }
  if (subject !== null && inSubject === null && !isPattern(subject))
    return { pin: 'exact', words: `the workload ${subject}` }
  if (owner !== null) return { pin: 'owner', words: `any workload of any repository of ${owner}` }
  const others = Object.entries(claims).filter(([, value]) => !isPattern(value))
  const required = others.map(([name, value]) => `${name} is ${value}`).join(' and ')
  if (others.some(([name]) => NAMES_ONE.includes(name)))
    return { pin: 'exact', words: `the workload whose ${required}` }
  if (others.length > 0) {
    return issuer !== null && isForEveryone(issuer)
      ? { pin: 'pattern', words: `every workload whose ${required}` }
      : { pin: 'claims', words: `workloads whose ${required}` }
  }
  return subject === null || subject === '*'
    ? { pin: 'open', words: 'every workload of the issuer' }
    : { pin: 'pattern', words: `every workload whose subject begins with ${subject.slice(0, -1)}` }
}
