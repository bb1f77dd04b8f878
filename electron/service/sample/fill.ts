import { type Context, makeMoment, makeRegister } from '../core/context.ts'
import { loadSample } from './load.ts'
import { workInSample } from './work.ts'

/** Fills the empty register of the open profile with the sample agency, as its people left it. */
export async function fillWithSample(context: Context): Promise<void> {
  loadSample(makeRegister(context), makeMoment(context))
  await workInSample(context)
}
