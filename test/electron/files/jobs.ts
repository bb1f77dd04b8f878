import type { Job, RefusalForm } from '../../../electron/files/thread.ts'

export type Order = 'answer' | 'refuse' | 'fail' | 'exit' | 'wait' | 'report'

export const FORM: RefusalForm<string> = {
  read: (error) => (error instanceof RangeError ? error.message : null),
  make: (refusal) => new RangeError(`made of ${refusal}`),
}

/** The job as its caller knows it. */
export const JOB: Job<Order, Float64Array<ArrayBuffer>> = {
  name: 'read-list',
  refusals: FORM as RefusalForm,
  work: () => new Float64Array(),
}
