// As whom a network is read: by a link of its own, else by what opens it besides.
import type { Access, NetworkId, Role } from '@summit/client';
import { kept } from '../access/access.ts';

const roles: readonly Role[] = ['secretary', 'member', 'admin', 'host'];

/** Null for somebody who only passes by. */
export function whoFor(network: NetworkId): Access | null {
  for (const role of roles) {
    const access = kept(role);
    if (access && (!access.network || access.network.id === network)) return access;
  }
  return null;
}
