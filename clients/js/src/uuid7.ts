// UUIDs of version 7 (RFC 9562): sortable by the time they were made, also within one millisecond.

let last = 0n;

/**
 * A new UUID version 7. Each one of a page sorts after all before it, even when the clock stands still or is set back:
 * the 74 bits behind the time are random at first and counted up while the time does not move on.
 */
export function uuid7(now: number = Date.now()): string {
  const random = crypto.getRandomValues(new BigUint64Array(2));
  // The highest counter bit starts as zero, which leaves room to count without spilling into the time.
  const fresh = (BigInt(now) << 74n) | (((random[0] ?? 0n) & ((1n << 9n) - 1n)) << 64n) | (random[1] ?? 0n);
  last = fresh >> 74n > last >> 74n ? fresh : last + 1n + ((random[1] ?? 0n) & 0xffffn);
  const time = last >> 74n;
  const a = (last >> 62n) & 0xfffn;
  const b = last & ((1n << 62n) - 1n);
  const bits = (time << 80n) | (0x7n << 76n) | (a << 64n) | (0x2n << 62n) | b;
  const hex = bits.toString(16).padStart(32, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
