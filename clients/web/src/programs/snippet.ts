// What an editor puts into another page to show a conference there.

const escaped: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A frame as high as a phone; the page around it may make it larger. */
export function snippet(address: string, title: string): string {
  const safe = (text: string): string => text.replace(/[&<>"]/g, (sign) => escaped[sign] ?? sign);
  return `<iframe src="${safe(address)}" title="${safe(title)}" width="100%" height="720" allow="clipboard-write; screen-wake-lock"></iframe>`;
}

export const joinAddress = (origin: string, code: string): string => `${origin}/j/${code}`;

/** The server has to know the conference before the secret of the link, which it never sees in an address. */
export function stageAddress(origin: string, code: string, link: string): string {
  return `${origin}/s?embed&next&in=${code}${new URL(link).hash}`;
}
