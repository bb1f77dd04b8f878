import type { PrincipalFact, ProjectFact } from '../../../shared/domain/facts.ts'
import type { Access } from '../kit/calls.ts'
import { readLog } from '../kit/log.ts'
import { openRun } from '../kit/run.ts'
import { noteFacts, type Sink } from '../kit/tally.ts'
import { liteLlmLog } from './audit-log.ts'
import { readCaller, seesAll, toReach, UNKNOWN_CALLER, type Caller } from './caller.ts'
import { getProxyAddress, openLiteLlm } from './client.ts'
import { liteLlmLists, readBudgets, readCredentials, readOrganizations, readTeams } from './lists.ts'
import { credentialReading } from './normalise/credential.ts'
import { keyReading, sharedLimitReading, sharesBudget } from './normalise/key.ts'
import { toBudgets } from './normalise/limit.ts'
import { organizationReading } from './normalise/organization.ts'
import { getOrganization, teamReading } from './normalise/team.ts'
import { userReading } from './normalise/user.ts'

/**
 * Reads one LiteLLM proxy: first who the credential is, since that decides what the proxy shows; then its users, since a key may
 * do what its user may; its teams; then keys, organizations and deposited credentials; the budgets that keys share; last its audit
 * log. The proxy has no id: its address is one.
 */
export async function readLiteLlm(access: Access, sink: Sink, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const api = await openLiteLlm(access)
  const lists = liteLlmLists(api)
  const run = openRun('litellm', access, sink, signal)
  const users = new Map<string, PrincipalFact>()
  const teams = new Map<string, ProjectFact>()
  const teamsOf = new Map<string, string[]>()
  let caller: Caller = UNKNOWN_CALLER
  await run.source('users', null, async (tally) => {
    run.reach(toReach(caller))
    caller = await readCaller(run.calls, api)
    run.reach(toReach(caller))
    await run.take(tally, lists.users(), (row) => noteFacts(users, 'principal', userReading(row)))
  })
  run.checkAddress()
  const known = { users, whole: run.isComplete('users'), teams }
  await run.source('projects', null, async (tally) => {
    tally.take(await readTeams(run.calls, api, caller), (row) => {
      const of = getOrganization(row)
      if (of !== null) teamsOf.set(of.organization, [...(teamsOf.get(of.organization) ?? []), of.team])
      return noteFacts(teams, 'project', teamReading(row, known))
    })
  })
  const all = { ...known, teamsWhole: run.isComplete('projects') }
  const sharing: unknown[] = []
  await run.together([
    () =>
      run.source('organization', null, async (tally) => {
        const { host } = new URL(getProxyAddress(access))
        const facts = [{ type: 'organization', externalId: host, name: `LiteLLM at ${host}` }] as const
        tally.take([host], () => ({ id: null, facts, left: [] }))
        const rows = await readOrganizations(run.calls, api, caller)
        tally.take(rows, (row) => organizationReading(row, teamsOf))
        if (seesAll(caller)) run.builtOn(null, 'projects')
      }),
    () =>
      run.source('keys', null, async (tally) => {
        await run.take(tally, lists.keys(), (row) => {
          if (sharesBudget(row)) sharing.push(row)
          return keyReading(row, all)
        })
        if (seesAll(caller)) run.builtOn(null, 'users', 'projects')
      }),
    () =>
      run.source('deposited-keys', null, async (tally) => {
        tally.take(await readCredentials(run.calls, api, caller), credentialReading)
      }),
  ])
  await run.source('shared-budgets', null, async (tally) => {
    const budgets = toBudgets(await readBudgets(run.calls, api, caller))
    tally.take(sharing, (row) => sharedLimitReading(row, all, budgets))
    run.builtOn(null, 'keys')
  })
  await readLog(run, access, liteLlmLog(api), signal)
}
