// Makes a file for Castellan from a LiteLLM proxy: its teams become projects, its users principals, its virtual keys keys.
//
//   LITELLM_MASTER_KEY=… node litellm-to-castellan.mjs https://litellm.example.com litellm.json
//
// It only reads. The master key goes into a header and nowhere else; the file holds no secret: keys are named by the
// hash that the proxy keeps, and shown by its own shortened form. Needs only Node 20 or later.

import { rename, writeFile } from 'node:fs/promises'

const [base, target] = process.argv.slice(2)
const credential = process.env.LITELLM_MASTER_KEY
if (!base || !target || !credential) {
  process.stderr.write('Use: LITELLM_MASTER_KEY=… node litellm-to-castellan.mjs BASE_URL FILE\n')
  process.exit(2)
}

const ROWS = 100
const DAYS = 30

async function get(path, query = {}) {
  const url = new URL(`${base.replace(/\/+$/u, '')}${path}`)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value))
  const answer = await fetch(url, { headers: { authorization: `Bearer ${credential}` }, redirect: 'error' })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
  return answer.json()
}

/**
 * The proxy answers 200 with fewer rows to a lesser key: only the master key, which is in no table of its own, and keys of
 * users with these roles see all of them.
 */
async function checkRole() {
  const own = await fetch(`${base.replace(/\/+$/u, '')}/key/info`, {
    headers: { authorization: `Bearer ${credential}` },
    redirect: 'error',
  })
  if (own.status === 404 && /key not found/iu.test(await own.clone().text())) return
  if (!own.ok) throw new Error(`/key/info answered ${own.status}`)
  const user = (await own.json()).info?.user_id
  const role = user ? (await get('/user/info', { user_id: user })).user_info?.user_role : null
  if (['proxy_admin', 'proxy_admin_viewer'].includes(role)) return
  throw new Error(`A key of the role ${role ?? 'none'} sees only some rows. Use a key of a proxy_admin_viewer.`)
}

/** All rows of a list that comes in numbered pages. A list that ends early must not pass for whole. */
async function all(path, field, sizeName, query = {}) {
  const rows = []
  for (let page = 1; ; page++) {
    const body = await get(path, { ...query, page, [sizeName]: ROWS })
    if (!Array.isArray(body[field])) throw new Error(`${path} holds no list under "${field}"`)
    rows.push(...body[field])
    // Some lists report it beside their rows, the activity in its metadata.
    if (page >= (body.metadata?.total_pages ?? body.total_pages ?? 1)) return rows
    if (body[field].length === 0) throw new Error(`${path} reports more rows on page ${page}, but it is empty`)
  }
}

const given = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

/** The proxy writes instants with and without a zone; those without are UTC. */
const instant = (text) =>
  text ? new Date(/Z|[+-]\d\d:\d\d$/u.test(text) ? text : `${text}Z`).toISOString() : undefined

/** Plain decimal text of dollars: small numbers print as 1e-7 otherwise. */
const dollars = (amount) =>
  Number(amount ?? 0)
    .toFixed(12)
    .replace(/\.?0+$/u, '')

const LEVELS = {
  proxy_admin: 'owner',
  proxy_admin_viewer: 'reader',
  internal_user: 'member',
  internal_user_viewer: 'reader',
}

const PERIODS = { '1d': 'day', '24h': 'day', '7d': 'week', '30d': 'month', '1mo': 'month' }

await checkRole()
const users = await all('/user/list', 'users', 'page_size', { sort_by: 'user_id', sort_order: 'asc' })
const teams = await get('/team/list')
const keys = await all('/key/list', 'keys', 'size', { return_full_object: true })
const day = (ago) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)
const activity = await all('/user/daily/activity', 'results', 'page_size', { start_date: day(DAYS), end_date: day(1) })

const known = new Set(users.map((user) => user.user_id))
const teamIds = new Set(teams.map((team) => team.team_id))

/** A key of a team without a user belongs to a service account of the team; one of neither has no owner. */
const accountOf = ({ user_id: user, team_id: team, metadata }) => {
  if (user || !teamIds.has(team)) return null
  const name = metadata?.service_account_id
  const { team_alias: alias } = teams.find((each) => each.team_id === team)
  return { id: name ? `service-account:${team}:${name}` : `team:${team}`, name: name || alias || team, team }
}
const accounts = [...new Map(keys.flatMap((key) => accountOf(key) ?? []).map((each) => [each.id, each])).values()]

const limitsOf = (id, project, { max_budget: budget, budget_duration: duration, rpm_limit: rpm, tpm_limit: tpm }) => [
  ...(budget === null || budget === undefined
    ? []
    : [
        {
          id: `${id}:budget`,
          kind: 'spend',
          ...project,
          amountUsd: dollars(budget),
          period: PERIODS[duration] ?? duration ?? 'lifetime',
        },
      ]),
  ...(rpm
    ? [{ id: `${id}:rpm`, kind: 'rate', ...project, metric: 'requests_per_minute', amount: rpm, period: 'minute' }]
    : []),
  ...(tpm
    ? [{ id: `${id}:tpm`, kind: 'rate', ...project, metric: 'tokens_per_minute', amount: tpm, period: 'minute' }]
    : []),
]

const usage = activity.flatMap(({ date, breakdown }) =>
  Object.entries(breakdown?.api_keys ?? {}).map(([hash, { metrics, metadata }]) =>
    given({
      day: date,
      key: hash,
      project: teamIds.has(metadata?.team_id) ? metadata.team_id : undefined,
      requests: metrics.api_requests ?? 0,
      input: metrics.prompt_tokens ?? 0,
      cached: metrics.cache_read_input_tokens ?? 0,
      cacheWrite: metrics.cache_creation_input_tokens ?? 0,
      output: metrics.completion_tokens ?? 0,
      costUsd: dollars(metrics.spend),
    }),
  ),
)

const file = {
  format: 'castellan-file',
  version: 1,
  platform: 'litellm',
  organization: { id: new URL(base).host, name: `LiteLLM at ${new URL(base).host}` },
  projects: teams.map((team) =>
    given({
      id: team.team_id,
      name: team.team_alias || team.team_id,
      status: team.blocked ? 'archived' : 'active',
      createdAt: instant(team.created_at),
    }),
  ),
  principals: [
    ...users.map((user) =>
      given({
        id: user.user_id,
        kind: 'user',
        name: user.user_alias || undefined,
        email: user.user_email || undefined,
        role: user.user_role || undefined,
        level: LEVELS[user.user_role],
        addedAt: instant(user.created_at),
      }),
    ),
    ...accounts.map(({ id, name }) => ({ id, kind: 'service-account', name })),
  ],
  grants: [
    ...teams.flatMap((team) =>
      (team.members_with_roles ?? [])
        .filter((member) => known.has(member.user_id))
        .map(({ user_id: principal, role }) => ({
          principal,
          project: team.team_id,
          role,
          level: role === 'admin' ? 'admin' : 'member',
        })),
    ),
    ...accounts.map(({ id, team }) => ({ principal: id, project: team, role: 'user', level: 'member' })),
  ],
  keys: keys.map((key) =>
    given({
      id: key.token,
      name: key.key_alias || key.key_name || key.token,
      hint: key.key_name || undefined,
      project: teamIds.has(key.team_id) ? key.team_id : undefined,
      owner: key.user_id ?? accountOf(key)?.id ?? null,
      status: key.blocked ? 'inactive' : 'active',
      // The proxy keeps the creation of a key whose secret it rotated.
      createdAt: instant(key.last_rotation_at || key.created_at),
      expiresAt: instant(key.expires),
    }),
  ),
  limits: [
    ...teams.flatMap((team) => limitsOf(`team:${team.team_id}`, { project: team.team_id }, team)),
    ...keys.flatMap((key) =>
      limitsOf(
        `key:${key.token}`,
        { ...(teamIds.has(key.team_id) ? { project: key.team_id } : {}), model: `key ${key.key_alias || key.token}` },
        key,
      ),
    ),
  ],
  usage,
}

// Whole or not at all: a sync that comes in between reads the file before.
await writeFile(`${target}.new`, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 })
await rename(`${target}.new`, target)
process.stdout.write(
  `${target}: ${file.projects.length} teams, ${users.length} users, ${file.keys.length} keys, ${usage.length} rows of usage\n`,
)
