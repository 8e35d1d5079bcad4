// Which roles can be given at a place, and what a role is called there.
import { call, conference, type Access } from '@summit/client';
import { t } from '../i18n/index.svelte.ts';
import type { NetworkPage } from '../network/types.ts';
import type { Choice, HeldRole } from './types.ts';

/** All that there are in a conference, or in a network. */
export async function choicesAt(access: Access, network: string | null): Promise<Choice[]> {
  return network === null ? inConference(access) : inNetwork(access, network);
}

async function inConference({ token, conference: { id } }: Access): Promise<Choice[]> {
  const { sessions } = await conference('', token);
  const whole = (['moderator', 'host', 'participant'] as const).map((role) => ({
    label: t(`people.role.${role}`),
    role: { in: { conference: id }, role },
  }));
  const single = sessions.map(({ id: session, title }) => ({
    label: t('people.moderatorOf', { session: title }),
    role: { in: { conference: id, session }, role: 'moderator' as const },
  }));
  return [...whole, ...single];
}

async function inNetwork({ token }: Access, network: string): Promise<Choice[]> {
  const { members, groups } = await call<NetworkPage>('', `/api/networks/${network}`, { token });
  return [
    ...members.map(({ id, name }) => ({
      label: t('people.memberFor', { member: name }),
      role: { in: { network }, role: 'member' as const, member: id },
    })),
    ...groups.map(({ id, name }) => ({
      label: t('people.coordinatorOf', { group: name }),
      role: { in: { network, group: id }, role: 'coordinator' as const },
    })),
    { label: t('people.role.secretary'), role: { in: { network }, role: 'secretary' } },
  ];
}

export function labelOf(choices: readonly Choice[], role: HeldRole): string {
  return choices.find((choice) => isSame(choice.role, role))?.label ?? t(`people.role.${role.role}`);
}

export function isSame(one: HeldRole, other: HeldRole): boolean {
  return (
    one.role === other.role &&
    one.member === other.member &&
    one.in.session === other.in.session &&
    one.in.group === other.in.group &&
    one.in.conference === other.in.conference &&
    one.in.network === other.in.network
  );
}
