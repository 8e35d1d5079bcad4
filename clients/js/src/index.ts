export * from './types.js';
export {
  call,
  conference,
  enter,
  join,
  picture,
  SummitFault,
  unexpected,
  unitedSupport,
  unreachable,
} from './access.js';
export type { CallOptions, Who } from './access.js';
export { emptyRoom, pictureOf, reduce } from './room.js';
export type { Room } from './room.js';
export { uuid7 } from './uuid7.js';
export { LiveSession } from './live.js';
export type { LiveOptions, LiveState } from './live.js';
export type { Connection } from './lifeline.js';
export { browserStorage, memoryStorage } from './storage.js';
export type { KeyValueStorage } from './storage.js';
export { failed, tooLarge } from './outbox.js';
export type { Posted } from './outbox.js';
export type { OpenWire, Wire } from './wire.js';
