// As whom a network or one of its groups is read: by a link of its own, else by what opens it besides.
import type { Access, NetworkId, Role } from '@summit/client';
import { homeOf, kept } from '../access/access.ts';

const roles: readonly Role[] = ['secretary', 'coordinator', 'member', 'admin', 'host'];

/** Null for somebody who only passes by. */
export function whoFor(network: NetworkId, group?: string): Access | null {
  for (const role of roles) {
    const access = kept(role);
    if (!access || (access.network && access.network.id !== network)) continue;
    // A coordinator elsewhere may well be a member here.
    if (role !== 'coordinator' || access.group === group) return access;
  }
  return null;
}

/** Where a link of a network leads. */
export function homeIn({ network, group, role }: Access): string {
  if (!network) return homeOf[role];
  return group ? `/n/${network.id}/${group}` : `/n/${network.id}`;
}
