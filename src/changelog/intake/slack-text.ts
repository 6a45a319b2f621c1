/** A Slack message as plain text, and the web addresses it links. */
export const fromSlack = (message: string): { text: string; urls: string[] } => {
  const urls: string[] = [];
  const text = message
    .replace(/<(https?:\/\/[^|>\s]+)(?:\|([^>]*))?>/gi, (_, url: string, label: string | undefined) => {
      urls.push(plainSigns(url));
      return label ?? url;
    })
    .replace(/<[@#!][^|>]*\|([^>]*)>/g, '$1')
    .replace(/<[@#!][^>]*>/g, '')
    .replace(/(?<![\w:]):[a-z0-9_+-]+:(?![\w:])/gi, '')
    .replace(/(?<!\w)([*_~])(?=\S)([^\n]*?\S)\1(?!\w)/g, '$2')
    .replace(/`+/g, '');
  return {
    text: plainSigns(text)
      .replace(/[^\S\n]+/g, ' ')
      .trim(),
    urls,
  };
};

const plainSigns = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
