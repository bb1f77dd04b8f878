import { projectsContract } from '../../../shared/contract/projects.ts'
import { accessIds, accessRows } from '../../register/access/access.ts'
import { keyIds, keyRows } from '../../register/keys/keys.ts'
import { limitsOfProject, projectIds, projectRows } from '../../register/access/projects.ts'
import { checkScope, getReader, makeMoment } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { notFound, READ_AGAIN } from '../kit/refusal.ts'
import { isLongRegister, marked, readSlice } from '../core/slices.ts'
import { countOnce } from '../core/structure-counts.ts'

const os = implementArea({ projects: projectsContract })

export const projectsRouter = {
  list: os.projects.list.handler(async ({ context, input }) => {
    checkScope(context, input)
    // A few rows are counted by themselves as fast.
    const isNarrow = input.limit === 0 || input.search !== undefined
    const whole = isNarrow || !isLongRegister(context) ? null : await countOnce(context, input.client)
    const counts = whole?.answer.projects
    const reader = getReader(context)
    return readSlice(
      context,
      {
        list: 'projects',
        query: input,
        revision: whole?.revision,
        ids: (query) => projectIds(reader, query, context.now(), counts),
      },
      (ids) =>
        marked(context, 'project', projectRows(reader, ids, context.now(), counts), (row) => row.projectId, input),
    )
  }),
  get: os.projects.get.handler(({ context, input }) => {
    const reader = getReader(context)
    const [plain] = projectRows(reader, [input.projectId], context.now())
    if (!plain) throw notFound('This project', READ_AGAIN)
    const scope = { client: plain.client.slug }
    const [row = plain] = marked(context, 'project', [plain], (one) => one.projectId, scope)
    const project = { project: input.projectId, client: row.client.slug }
    const { now } = makeMoment(context)
    return {
      row,
      access: accessRows(reader, accessIds(reader, { ...project, sort: { by: 'level', direction: 'asc' } }, now), now),
      keys: keyRows(
        reader,
        keyIds(reader, { ...project, sort: { by: 'due', direction: 'asc' } }, makeMoment(context)),
        makeMoment(context),
      ),
      limits: limitsOfProject(reader, input.projectId),
    }
  }),
}
