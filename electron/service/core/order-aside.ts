import { runThread } from '../../files/thread.ts'
import type { Register } from '../../register/register.ts'
import { Refusal } from '../kit/refusal.ts'
import type { Answered, ListOrder, Question, ReadAside } from './order-thread.ts'

const THREAD = { from: import.meta.url, source: 'order-thread.ts', built: 'list-reader.js' }

/**
 * The order of a long list, worked out in a thread of its own: of a million rows it takes a second, in which this thread
 * goes on. Throws `Refusal` CONFLICT when the register is closed meanwhile.
 */
export function orderAside(register: Register, order: ListOrder): Promise<ReadAside<Float64Array<ArrayBuffer>>> {
  return readAside(register, order)
}

/** The answer of a question for which a long register is read whole, in the same way. */
export function answerAside<A extends Question['answer']>(
  register: Register,
  question: Question<A>,
): Promise<ReadAside<Answered<A>>> {
  return readAside(register, question)
}

function readAside<T>(register: Register, work: ListOrder | Question): Promise<ReadAside<T>> {
  return register.runBeside((file, signal) =>
    runThread<ReadAside<T>>(
      THREAD,
      { ...file, ...work },
      {
        signal,
        interrupted: () =>
          new Refusal('CONFLICT', 'The list was interrupted, since the register was closed.', 'Open the list again.'),
      },
    ),
  )
}
