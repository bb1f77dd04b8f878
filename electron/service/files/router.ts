import { filesContract } from '../../../shared/contract/files.ts'
import { implementArea } from '../core/implementer.ts'

const os = implementArea({ files: filesContract })

// The code that reads and writes files is larger than the rest of the service together; it is loaded when it is needed.
const registerOut = () => import('./export-register.ts')
const calendarOut = () => import('./calendar.ts')
const pictureOut = () => import('./export-picture.ts')
const tableOut = () => import('./export-table.ts')
const filesIn = () => import('./import.ts')

export const filesRouter = {
  plan: os.files.plan.handler(async ({ context, input, signal }) =>
    (await filesIn()).planImport(context, input, signal),
  ),
  import: os.files.import.handler(async function* ({ context, input, signal }) {
    yield* (await filesIn()).runImport(context, input, signal)
  }),
  exportRegister: os.files.exportRegister.handler(async ({ context, input }) =>
    (await registerOut()).exportRegister(context, input),
  ),
  renderRegister: os.files.renderRegister.handler(async ({ context, input }) =>
    (await registerOut()).renderRegister(context, input),
  ),
  exportPicture: os.files.exportPicture.handler(async ({ context, input }) =>
    (await pictureOut()).exportPicture(context, input),
  ),
  exportTable: os.files.exportTable.handler(async ({ context, input }) =>
    (await tableOut()).exportTable(context, input),
  ),
  exportCalendar: os.files.exportCalendar.handler(async ({ context, input }) =>
    (await calendarOut()).exportCalendar(context, input),
  ),
  renderCalendar: os.files.renderCalendar.handler(async ({ context, input }) =>
    (await calendarOut()).renderCalendar(context, input),
  ),
}
