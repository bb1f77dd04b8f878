import { runThread } from '../../files/thread.ts'
import type { Register } from '../../register/register.ts'
import { Refusal } from '../kit/refusal.ts'
import type { ListOrder, OrderAnswer } from './order-thread.ts'

const THREAD = { from: import.meta.url, source: 'order-thread.ts', built: 'list-reader.js' }

/**
 * The order of a long list, worked out in a thread of its own: of a million rows it takes a second, in which this thread
 * goes on. Throws `Refusal` CONFLICT when the register is closed meanwhile.
 */
export function orderAside(register: Register, order: ListOrder): Promise<OrderAnswer> {
  return register.runBeside((file, signal) =>
    runThread<OrderAnswer>(
      THREAD,
      { ...file, ...order },
      {
        signal,
        interrupted: () =>
          new Refusal('CONFLICT', 'The list was interrupted, since the register was closed.', 'Open the list again.'),
      },
    ),
  )
}
