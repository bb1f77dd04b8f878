import type { Access } from '../kit/calls.ts'
import type { Run } from '../kit/run.ts'
import { mayHaveGroups } from './groups.ts'
import type { AnthropicLists } from './lists.ts'
import { memberLimitReading } from './normalise/member-limit.ts'

/** At which amounts the members of a Claude Enterprise organization are stopped, whatever set them. */
export async function readMemberLimits(run: Run, access: Access, lists: AnthropicLists): Promise<void> {
  if (mayHaveGroups(access)) await run.list('member-spend-limits', null, lists.effectiveLimits(), memberLimitReading)
}
