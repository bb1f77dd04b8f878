import { z } from 'zod'

import { GRANT_STATES, HOLDER_KINDS } from '../../../shared/domain/access/grant-state.ts'
import { LEVELS } from '../../../shared/domain/role.ts'
import { daysText } from '../../../shared/domain/usage/read-days.ts'
import { LEAVER_STATES } from '../../../shared/contract/leavers.ts'
import { REVIEW_STATES } from '../../../shared/domain/reviews/review.ts'
import { readable } from './fence.ts'
import { readReading } from './reading.ts'
import { getScope, offset, rows, slice, tool, type Answer, type Tool } from './tool.ts'

/** An answer with how far its facts are read. */
function withReading(answer: Answer, reading: object): Answer {
  return { ...answer, data: { reading, ...(answer.data as object) } }
}

const access = tool({
  name: 'access',
  title: 'Access',
  about:
    'Who reaches what, by which role and path: each grant on an organization or a project, those that are effective now unless another state is asked for. To ask who can reach a project, search for its name. `reading` states how far the organizations are read.',
  input: z.object({
    search: z.string().min(1).max(200).optional().describe('a person, account, project or role'),
    level: z.enum(LEVELS).optional(),
    kind: z.enum(HOLDER_KINDS).optional().describe('kind of account'),
    state: z
      .enum(GRANT_STATES)
      .default('effective')
      .describe('dormant: of an archived project; expired: of an expired invite'),
    privileged: z.boolean().optional().describe('only owners and admins'),
    limit: rows,
    offset,
  }),
  answer: async (api, { search, level, kind, state, privileged, limit, offset: from }, client) => {
    const found = await api.access.list({
      ...getScope(client),
      ...(search === undefined ? {} : { search }),
      ...(level === undefined ? {} : { level: [level] }),
      ...(kind === undefined ? {} : { kind: [kind] }),
      ...(privileged === undefined ? {} : { privileged }),
      state: [state],
      limit,
      offset: from,
    })
    return withReading(slice(found.rows, found.total, from), await readReading(api, client))
  },
})

const leavers = tool({
  name: 'leavers',
  title: 'Leavers',
  about:
    'People who left, as HR reports, and what they still hold. “not evaluated” where no HR file names anyone in scope: then it is not known who has left.',
  input: z.object({
    state: z.enum(LEAVER_STATES).optional(),
    search: z.string().min(1).max(200).optional(),
    limit: rows,
    offset,
  }),
  answer: async (api, { state, search, limit, offset: from }, client) => {
    const found = await api.leavers.list({
      ...getScope(client),
      ...(state === undefined ? {} : { state }),
      ...(search === undefined ? {} : { search }),
      limit,
      offset: from,
    })
    const evaluation = found.reported
      ? { state: 'evaluated', because: null }
      : {
          state: 'not evaluated',
          because: 'No HR file that names a person in scope was imported: it is not known who has left.',
        }
    const answer = withReading(slice(found.rows, found.total, from), await readReading(api, client))
    return { ...answer, data: { evaluation, ...(answer.data as object) } }
  },
})

const reviews = tool({
  name: 'reviews',
  title: 'Access reviews',
  about:
    'Reviews that were opened, newest first, with their progress and signatures; and what has to be reviewed by when. A review that is due and was never opened is in `schedule` with no last day: it was not evaluated.',
  input: z.object({ state: z.enum(REVIEW_STATES).optional(), limit: rows, offset }),
  answer: async (api, { state, limit, offset: from }, client) => {
    const [found, schedule] = [
      await api.reviews.list({ ...getScope(client), ...(state === undefined ? {} : { state }), limit, offset: from }),
      await api.reviews.schedule(getScope(client)),
    ]
    const answer = slice(found.rows, found.total, from)
    const due = schedule.map((row) => ({ ...row, state: row.last === null ? 'not evaluated' : 'reviewed before' }))
    return { ...answer, data: { ...(answer.data as object), schedule: readable(due) } }
  },
})

const budgets = tool({
  name: 'budgets',
  title: 'Budgets',
  about:
    'Budgets that were agreed and limits that a provider holds, with what is spent this month in millionths of a US dollar. `state` is “not evaluated” where not all days of the month up to yesterday are read: what is spent is then at least that.',
  input: z.object({}),
  answer: async (api, _, client) => {
    const all = await api.budgets.list(getScope(client))
    const judged = all.map((row) => ({
      state: row.spent !== null && row.reading.state === 'whole' ? 'evaluated' : 'not evaluated',
      because:
        row.spent === null
          ? 'Usage is not read.'
          : row.reading.state === 'part'
            ? `Usage of this month is read on ${daysText(row.reading.days)} only.`
            : row.reading.state === 'none'
              ? 'No day of this month is read.'
              : null,
      ...row,
    }))
    return { rows: all.length, data: readable({ rows: judged }) }
  },
})

/** Questions about who reaches what and whether it was reviewed. */
export const ACCESS_TOOLS: readonly Tool[] = [access, leavers, reviews, budgets]
