import { workerData } from 'node:worker_threads'

import type { JobName } from '../../../shared/contract/self-test.ts'
import { doJob } from '../../files/thread.ts'

/** The thread beside the service. A job loads only the module that defines it. */
const MODULES: Readonly<Record<JobName, () => Promise<unknown>>> = {
  'check-register': () => import('../evidence/pack-aside.ts'),
  'copy-register': () => import('../../register/db/copy-aside.ts'),
  'export-register': () => import('../files/export-aside.ts'),
  'hash-frozen': () => import('../evidence/register-aside.ts'),
  'import-file': () => import('../files/import-aside.ts'),
  'plan-import': () => import('../files/import-aside.ts'),
  'read-list': () => import('../core/order-aside.ts'),
  'read-usage': () => import('../usage/read-file.ts'),
  'write-pack': () => import('../evidence/pack-aside.ts'),
}

const { name } = workerData as { readonly name: JobName }
await MODULES[name]()
await doJob()
