/** A status code where it is one: not in '404 ms', 'app.js:404' or ':40412'. */
export const status = (code: string): string =>
  String.raw`(?:(?<![\w:.,#=+-])${code}(?![\w:,%-]|\.\d|\s*(?:ms|s|sec|seconds?|bytes|[kmg]i?b|rows|records|lines|items)\b)|(?:status|code)\w*["']?\s*[:=]\s*["']?${code}\b)`;
