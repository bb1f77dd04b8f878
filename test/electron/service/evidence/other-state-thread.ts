import { answerThread } from '../../../../electron/service/kit/thread-answer.ts'

/** A thread that has read another state of the register. */
await answerThread(() => ({ revision: -1, hashes: new Map() }))
