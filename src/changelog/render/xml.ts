// What XML 1.0 has no place for, not even escaped: control characters and halves of surrogate pairs.
const IMPOSSIBLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** For text and attributes of XML and of HTML. */
export const escapeXml = (text: string): string => text.replace(IMPOSSIBLE, '').replace(/[&<>"']/g, (sign) => entities[sign] as string);
